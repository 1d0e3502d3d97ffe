package io.avatarservice.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.avatarservice.server.support.MovableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StoreConditionTests {

    private final MovableClock clock = new MovableClock(Instant.EPOCH);
    private final StoreCondition condition = new StoreCondition(clock);

    @Test
    void isGoodUntilAnUploadFails() {
        assertThat(condition.failing()).isFalse();

        fail();

        assertThat(condition.failing()).isTrue();
    }

    @Test
    void isGoodAgainAfterAnUpload() {
        fail();

        assertThat(condition.watch(() -> "stored")).isEqualTo("stored");

        assertThat(condition.failing()).isFalse();
    }

    @Test
    void aFailureOfLongAgoSaysNothing() {
        fail();

        clock.pass(Duration.ofMinutes(6));

        assertThat(condition.failing()).isFalse();
    }

    private void fail() {
        assertThatIllegalStateException()
                .isThrownBy(() -> condition.watch(() -> {
                    throw new IllegalStateException("away");
                }));
    }
}
