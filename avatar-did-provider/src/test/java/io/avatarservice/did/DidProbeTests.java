package io.avatarservice.did;

import static io.avatarservice.did.Samples.PATIENCE;
import static io.avatarservice.did.Samples.failure;
import static io.avatarservice.did.Samples.wire;
import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.spi.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.test.StepVerifier;

/** What an operator learns of the account. */
class DidProbeTests {

    private final StubDid did = new StubDid();
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final DidAvatarProvider provider = DidAvatarProvider.builder(() -> "user:password")
            .webClientBuilder(WebClient.builder().exchangeFunction(did))
            .clock(((InstantSource) () -> now).withZone(ZoneOffset.UTC))
            .build();

    @Test
    void creditsAreTold() {
        did.on("GET /credits", 200, wire("credits"));

        probed(Map.of("credits.remaining", 812.0, "credits.total", 1000.0));
    }

    @Test
    void didIsAskedOnceAMinute() {
        did.on("GET /credits", 200, wire("credits")).on("GET /credits", 200, "{\"remaining\": 5.5}");

        probed(Map.of("credits.remaining", 812.0, "credits.total", 1000.0));
        now = now.plusSeconds(59);
        probed(Map.of("credits.remaining", 812.0, "credits.total", 1000.0));
        now = now.plusSeconds(1);
        probed(Map.of("credits.remaining", 5.5));

        assertThat(did.calls()).hasSize(2);
    }

    @Test
    void accountWithoutCreditsLeftWouldFail() {
        did.on("GET /credits", 200, "{\"remaining\": 0, \"total\": 1000}");

        StepVerifier.create(provider.probe())
                .expectErrorSatisfies(failure(FailureKind.QUOTA_EXHAUSTED))
                .verify(PATIENCE);
    }

    @Test
    void accountThatHasNoCreditsAtAllIsFine() {
        did.on("GET /credits", 404, "{\"kind\": \"NotFoundError\", \"description\": \"no credtis\"}");

        probed(Map.of());
    }

    @Test
    void failureIsNotKept() {
        did.on("GET /credits", 401, "{\"kind\": \"AuthorizationError\"}").on("GET /credits", 200, wire("credits"));

        StepVerifier.create(provider.probe())
                .expectErrorSatisfies(failure(FailureKind.AUTHENTICATION))
                .verify(PATIENCE);
        probed(Map.of("credits.remaining", 812.0, "credits.total", 1000.0));
    }

    private void probed(Map<String, Object> details) {
        StepVerifier.create(provider.probe())
                .expectNext(details)
                .expectComplete()
                .verify(Duration.ofSeconds(10));
    }
}
