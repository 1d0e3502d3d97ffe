package io.avatarservice.client.webhook;

import static org.assertj.core.api.Assertions.assertThat;

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
                .then(() -> assertThat(post(subscription, "{\"id\": \"tlk_1\", \"status\": \"done\"}"))
                        .isEqualTo(204))
                .expectNext(true)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void callWithoutABodyWillDo() {
        Subscription subscription = notifications.open(ProviderId.of("d-id"));

        assertThat(statusOf(http.post().uri(webhookOf(subscription)))).isEqualTo(204);
    }

    @Test
    void unknownAddressIsNotFound() {
        Subscription subscription = notifications.open(ProviderId.of("d-id"));

        assertThat(statusOf(http.post().uri(webhookOf(subscription) + "x"))).isEqualTo(404);
        assertThat(statusOf(http.post().uri("/hooks/d-id/unknown/token"))).isEqualTo(404);
    }

    @Test
    void callForAClosedJobIsTaken() {
        Subscription subscription = notifications.open(ProviderId.of("d-id"));
        subscription.close();

        assertThat(post(subscription, "{}")).isEqualTo(204);
    }

    @Test
    void tooLargeBodyIsRefused() {
        Subscription subscription = notifications.open(ProviderId.of("d-id"));

        assertThat(post(subscription, "x".repeat(64 * 1024))).isEqualTo(204);
        assertThat(post(subscription, "x".repeat(64 * 1024 + 1))).isEqualTo(413);
    }

    @Test
    void signedCallIsTaken() {
        Subscription subscription = notifications.open(SignedCalls.PROVIDER);
        String body = "{\"type\": \"job.completed\"}";

        assertThat(statusOf(http.post()
                        .uri(webhookOf(subscription))
                        .headers(headers -> calls.headers(body).forEach(headers::set))
                        .bodyValue(body)))
                .isEqualTo(204);
    }

    @Test
    void callThatShouldBeSignedAndIsNotIsRefused() {
        Subscription subscription = notifications.open(SignedCalls.PROVIDER);

        StepVerifier.create(subscription.hints())
                .then(() -> assertThat(post(subscription, "{}")).isEqualTo(401))
                .expectNoEvent(Duration.ofMillis(50))
                .thenCancel()
                .verify(PATIENCE);
    }

    private int post(Subscription subscription, String body) {
        return statusOf(http.post().uri(webhookOf(subscription)).bodyValue(body));
    }

    /** Not by the assertions of the test client, whose signatures differ between the Spring versions this runs on. */
    private static int statusOf(WebTestClient.RequestHeadersSpec<?> request) {
        return request.exchange().returnResult(String.class).getStatus().value();
    }

    private static String webhookOf(Subscription subscription) {
        return Objects.requireNonNull(subscription.webhook()).getPath();
    }
}
