package io.avatarservice.client.webhook;

import io.avatarservice.client.JobNotifications.Subscription;
import io.avatarservice.spi.ProviderId;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.test.StepVerifier;

class ReactiveWebhookEndpointTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SignedCalls calls = new SignedCalls();
    private final WebhookNotifications notifications = WebhookNotifications.builder(
                    URI.create("http://localhost/hooks"))
            .signed(SignedCalls.PROVIDER, calls.signature())
            .build();
    private final WebTestClient http = WebTestClient.bindToRouterFunction(
                    ReactiveWebhookEndpoint.at("/hooks", notifications))
            .build();

    @Test
    void callIsAnsweredAtOnceAndWakesThePoller() {
        Subscription subscription = notifications.open(ProviderId.of("d-id"));

        StepVerifier.create(subscription.hints().take(1))
                .then(() -> post(subscription, "{\"id\": \"tlk_1\", \"status\": \"done\"}")
                        .expectStatus()
                        .isNoContent()
                        .expectBody()
                        .isEmpty())
                .expectNext(true)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void callWithoutABodyWillDo() {
        http.post()
                .uri(webhookOf(notifications.open(ProviderId.of("d-id"))))
                .exchange()
                .expectStatus()
                .isNoContent();
    }

    @Test
    void unknownAddressIsNotFound() {
        Subscription subscription = notifications.open(ProviderId.of("d-id"));

        http.post().uri(webhookOf(subscription) + "x").exchange().expectStatus().isNotFound();
        http.post().uri("/hooks/d-id/unknown/token").exchange().expectStatus().isNotFound();
    }

    @Test
    void closedJobIsNotFound() {
        Subscription subscription = notifications.open(ProviderId.of("d-id"));
        subscription.close();

        post(subscription, "{}").expectStatus().isNotFound();
    }

    @Test
    void tooLargeBodyIsRefused() {
        Subscription subscription = notifications.open(ProviderId.of("d-id"));

        post(subscription, "x".repeat(64 * 1024)).expectStatus().isNoContent();
        post(subscription, "x".repeat(64 * 1024 + 1)).expectStatus().isEqualTo(413);
    }

    @Test
    void signedCallIsTaken() {
        Subscription subscription = notifications.open(SignedCalls.PROVIDER);
        String body = "{\"type\": \"job.completed\"}";

        http.post()
                .uri(webhookOf(subscription))
                .headers(headers -> calls.headers(body).forEach(headers::set))
                .bodyValue(body)
                .exchange()
                .expectStatus()
                .isNoContent();
    }

    @Test
    void callThatShouldBeSignedAndIsNotIsRefused() {
        Subscription subscription = notifications.open(SignedCalls.PROVIDER);

        StepVerifier.create(subscription.hints())
                .then(() -> post(subscription, "{}").expectStatus().isUnauthorized())
                .expectNoEvent(Duration.ofMillis(50))
                .thenCancel()
                .verify(PATIENCE);
    }

    private WebTestClient.ResponseSpec post(Subscription subscription, String body) {
        return http.post().uri(webhookOf(subscription)).bodyValue(body).exchange();
    }

    private static String webhookOf(Subscription subscription) {
        return Objects.requireNonNull(subscription.webhook()).getPath();
    }
}
