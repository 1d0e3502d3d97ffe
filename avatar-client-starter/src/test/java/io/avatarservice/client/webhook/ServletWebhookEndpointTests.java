package io.avatarservice.client.webhook;

import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.avatarservice.client.JobNotifications.Subscription;
import io.avatarservice.spi.ProviderId;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import reactor.test.StepVerifier;

class ServletWebhookEndpointTests {

    private final SignedCalls calls = new SignedCalls();
    private final WebhookNotifications notifications = WebhookNotifications.builder(
                    URI.create("http://localhost/hooks"))
            .signed(SignedCalls.PROVIDER, calls.signature())
            .build();
    private final MockMvc http = MockMvcBuilders.routerFunctions(ServletWebhookEndpoint.at("/hooks", notifications))
            .build();

    @Test
    void callIsAnsweredAtOnceAndWakesThePoller() throws Exception {
        Subscription subscription = notifications.open(ProviderId.of("d-id"));

        post(subscription, "{}")
                .andExpect(status().isNoContent())
                .andExpect(content().string(""));

        StepVerifier.create(subscription.hints().take(1))
                .expectNext(true)
                .expectComplete()
                .verify(Duration.ofSeconds(30));
    }

    @Test
    void unknownAddressIsNotFound() throws Exception {
        http.perform(MockMvcRequestBuilders.post("/hooks/d-id/unknown/token")).andExpect(status().isNotFound());
    }

    @Test
    void tooLargeBodyIsRefused() throws Exception {
        Subscription subscription = notifications.open(ProviderId.of("d-id"));

        post(subscription, "x".repeat(64 * 1024)).andExpect(status().isNoContent());
        post(subscription, "x".repeat(64 * 1024 + 1)).andExpect(status().is(413));
    }

    @Test
    void signedCallIsTakenAndAnyOtherRefused() throws Exception {
        Subscription subscription = notifications.open(SignedCalls.PROVIDER);
        String body = "{\"type\": \"job.completed\"}";
        MockHttpServletRequestBuilder signed = request(subscription, body);
        calls.headers(body).forEach(signed::header);

        http.perform(signed).andExpect(status().isNoContent());
        post(subscription, body).andExpect(status().isUnauthorized());
    }

    private ResultActions post(Subscription subscription, String body) throws Exception {
        return http.perform(request(subscription, body));
    }

    private static MockHttpServletRequestBuilder request(Subscription subscription, String body) {
        return MockMvcRequestBuilders.post(
                        Objects.requireNonNull(subscription.webhook()).getPath())
                .content(body);
    }
}
