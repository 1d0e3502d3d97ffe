package io.avatarservice.client.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

import io.avatarservice.client.health.ProviderHealth.State;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarProvider;
import io.avatarservice.spi.FailureKind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class ProviderProbeTests {

    private final AvatarProvider provider = Mockito.mock();
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final ProviderProbe probe = new ProviderProbe(provider, Duration.ofSeconds(5), time);

    @Test
    void answerIsUpWithItsFacts() {
        given(provider.probe()).willReturn(Mono.just(Map.of("credits.remaining", 7)));

        assertThat(health()).isEqualTo(new ProviderHealth(State.UP, Map.of("credits.remaining", 7)));
    }

    @Test
    void providerThatCannotBeAskedIsUnknown() {
        given(provider.probe()).willReturn(Mono.empty());

        assertThat(health()).isEqualTo(new ProviderHealth(State.UNKNOWN, Map.of()));
    }

    @Test
    void failureIsDownWithItsKindAndMessage() {
        given(provider.probe())
                .willReturn(Mono.error(() -> AvatarException.builder(FailureKind.AUTHENTICATION, "the key is wrong")
                        .cause(new IllegalStateException("secret"))
                        .build()));

        assertThat(health())
                .isEqualTo(new ProviderHealth(
                        State.DOWN, Map.of("kind", "AUTHENTICATION", "message", "the key is wrong")));
    }

    @Test
    void bugOfAProviderIsDownWithoutItsMessage() {
        given(provider.probe()).willThrow(new IllegalStateException("https://bucket/v.mp4?signature=secret"));

        assertThat(health())
                .isEqualTo(new ProviderHealth(
                        State.DOWN,
                        Map.of("kind", "UNAVAILABLE", "message", "the probe failed: IllegalStateException")));
    }

    @Test
    void answerThatDoesNotComeIsDownInTime() {
        given(provider.probe()).willReturn(Mono.never());

        StepVerifier.create(probe.ask())
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(5)))
                .expectNext(
                        new ProviderHealth(State.DOWN, Map.of("kind", "TIMEOUT", "message", "no answer within PT5S")))
                .expectComplete()
                .verify(Duration.ofSeconds(30));
    }

    private ProviderHealth health() {
        ProviderHealth health = probe.ask().block(Duration.ofSeconds(30));
        assertThat(health).isNotNull();
        return health;
    }
}
