package io.avatarservice.client;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AvatarClientBuilderTests {

    private final AvatarClientBuilder builder = AvatarClient.builder(new ScriptedAvatarProvider());

    @Test
    void refusesAPollIntervalThatIsNotPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.pollInterval(Duration.ZERO, Duration.ofSeconds(1)))
                .withMessage("the poll interval must be positive, but was PT0S");
    }

    @Test
    void refusesAMaximumBelowTheFirstPollInterval() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.pollInterval(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .withMessage("the longest poll interval, PT1S, is below the first, PT2S");
    }

    @Test
    void refusesADeadlineThatIsNotPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.deadline(Duration.ofSeconds(-1)))
                .withMessage("the deadline must be positive, but was PT-1S");
    }

    @Test
    void refusesANegativeNumberOfFailures() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.maxPollFailures(-1))
                .withMessage("max poll failures must not be negative, but was -1");
    }

    @Test
    void refusesTwoProvidersWithOneId() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.providers(List.of(new ScriptedAvatarProvider())))
                .withMessage("there are two providers with the id 'scripted'");
    }

    @Test
    void refusesANegativeNumberOfRetries() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> builder.retries(-1, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .withMessage("max retries must not be negative, but was -1");
    }

    @Test
    void refusesAMaximumBelowTheFirstBackOff() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> builder.retries(1, Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .withMessage("the longest back-off, PT1S, is below the first, PT2S");
    }

    @Test
    void refusesABudgetThatIsNotPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.retries(1, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO))
                .withMessage("the retry budget must be positive, but was PT0S");
    }

    @Test
    void refusesACallTimeoutThatIsNotPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.callTimeout(Duration.ZERO))
                .withMessage("the call timeout must be positive, but was PT0S");
    }

    @Test
    void refusesAJobDeadlineThatIsNotPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.jobDeadline(Duration.ZERO))
                .withMessage("the job deadline must be positive, but was PT0S");
    }

    @Test
    void refusesASpendLimitThatIsNotPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.spendLimit(Duration.ZERO, Duration.ofSeconds(60)))
                .withMessage("the spend limit must be positive, but was PT0S");
    }

    @Test
    void refusesAFallbackWithTheIdOfAnotherProvider() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.fallbacks(List.of(new ScriptedAvatarProvider())))
                .withMessage("there are two providers with the id 'scripted'");
    }
}
