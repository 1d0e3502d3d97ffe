package io.avatarservice.client.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.client.JobNotifications.Subscription;
import io.avatarservice.spi.ProviderId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import reactor.test.StepVerifier;

class ServletWebhookEndpointTests {

    private final SignedCalls calls = new SignedCalls();
    private final WebhookNotifications notifications = WebhookNotifications.builder(
                    URI.create("http://localhost/hooks"))
            .signed(SignedCalls.PROVIDER, calls.signature())
            .build();
    private final RouterFunction<ServerResponse> endpoint = ServletWebhookEndpoint.at("/hooks", notifications);

    @Test
    void callIsAnsweredAtOnceAndWakesThePoller() throws Exception {
        Subscription subscription = notifications.open(ProviderId.of("d-id"));

        assertThat(post(subscription, "{}", Map.of())).isEqualTo(204);

        StepVerifier.create(subscription.hints().take(1))
                .expectNext(true)
                .expectComplete()
                .verify(Duration.ofSeconds(30));
    }

    @Test
    void unknownAddressIsNotFound() throws Exception {
        assertThat(post("/hooks/d-id/unknown/token", "{}", Map.of())).isEqualTo(404);
    }

    @Test
    void tooLargeBodyIsRefused() throws Exception {
        Subscription subscription = notifications.open(ProviderId.of("d-id"));

        assertThat(post(subscription, "x".repeat(64 * 1024), Map.of())).isEqualTo(204);
        assertThat(post(subscription, "x".repeat(64 * 1024 + 1), Map.of())).isEqualTo(413);
    }

    @Test
    void signedCallIsTakenAndAnyOtherRefused() throws Exception {
        Subscription subscription = notifications.open(SignedCalls.PROVIDER);
        String body = "{\"type\": \"job.completed\"}";

        assertThat(post(subscription, body, calls.headers(body))).isEqualTo(204);
        assertThat(post(subscription, body, Map.of())).isEqualTo(401);
    }

    private int post(Subscription subscription, String body, Map<String, String> headers) throws Exception {
        return post(Objects.requireNonNull(subscription.webhook()).getPath(), body, headers);
    }

    private int post(String path, String body, Map<String, String> headers) throws Exception {
        MockHttpServletRequest servletRequest = new MockHttpServletRequest("POST", path);
        servletRequest.setContent(body.getBytes(StandardCharsets.UTF_8));
        headers.forEach(servletRequest::addHeader);
        ServerRequest request = ServerRequest.create(servletRequest, List.of());
        return endpoint.route(request)
                .orElseThrow()
                .handle(request)
                .statusCode()
                .value();
    }
}
