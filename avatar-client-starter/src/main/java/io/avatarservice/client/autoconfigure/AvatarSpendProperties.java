package io.avatarservice.client.autoconfigure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much may be spent at providers that charge.
 *
 * @param secondsPerDay Number of seconds of video that paid providers may render in one UTC day. Use 0 for no limit.
 * @param assumedSeconds Number of seconds that a video is taken for until its length is known.
 * @since 0.1.0
 */
@ConfigurationProperties("avatar.spend")
public record AvatarSpendProperties(
        @DefaultValue("0") long secondsPerDay,
        @DefaultValue("60") long assumedSeconds) {

    /** Checks the ranges. */
    public AvatarSpendProperties {
        Limits.notNegative("avatar.spend.seconds-per-day", secondsPerDay);
        if (assumedSeconds < 1) {
            throw new IllegalArgumentException(
                    "avatar.spend.assumed-seconds must be positive, but was " + assumedSeconds);
        }
    }

    /** The limit, or {@code null} for none. */
    @Nullable Duration videoPerDay() {
        return secondsPerDay == 0 ? null : Duration.ofSeconds(secondsPerDay);
    }

    /** What a video is taken for until its length is known. */
    Duration assumedVideo() {
        return Duration.ofSeconds(assumedSeconds);
    }
}
