package io.avatarservice.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class StoreConditionTests {

    private Instant now = Instant.EPOCH;

    private final StoreCondition condition = new StoreCondition(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

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

        now = now.plus(Duration.ofMinutes(6));

        assertThat(condition.failing()).isFalse();
    }

    private void fail() {
        assertThatIllegalStateException()
                .isThrownBy(() -> condition.watch(() -> {
                    throw new IllegalStateException("away");
                }));
    }
}
