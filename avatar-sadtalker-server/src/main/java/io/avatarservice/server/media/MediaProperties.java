package io.avatarservice.server.media;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of the inputs and quality of the output.
 *
 * @param maxImageBytes Largest portrait file accepted.
 * @param maxImagePixels Most pixels of a portrait, checked before it is decoded.
 * @param maxAudioBytes Largest speech file accepted.
 * @param maxAudioDuration Longest speech accepted.
 * @param maxVideoBytes Largest reference or driving video accepted.
 * @param maxDrivingDuration Longest driving video accepted.
 * @param maxDrivingPixels Most pixels of one picture of a driving video.
 * @param videoQuantizer Quantizer of the H.264 encoder, 10 to 40; less is sharper and larger.
 * @param fetch How inputs given by URL are downloaded.
 */
@Validated
@ConfigurationProperties("avatar.media")
public record MediaProperties(
        @DefaultValue("20MB") DataSize maxImageBytes,

        @DefaultValue("50000000") @Positive @Max(500_000_000) long maxImagePixels,

        @DefaultValue("200MB") DataSize maxAudioBytes,
        @DefaultValue("15m") Duration maxAudioDuration,
        @DefaultValue("200MB") DataSize maxVideoBytes,
        @DefaultValue("15m") Duration maxDrivingDuration,
        @DefaultValue("9000000") @Positive @Max(100_000_000) long maxDrivingPixels,
        @DefaultValue("21") @Min(10) @Max(40) int videoQuantizer,
        @DefaultValue @Valid Fetch fetch) {

    /**
     * How inputs given by URL are downloaded.
     *
     * @param connectTimeout Longest wait for a connection.
     * @param readTimeout Longest wait for the next bytes.
     * @param totalTimeout Longest time for the whole download, redirects included.
     * @param maxRedirects Most redirects followed.
     */
    public record Fetch(
            @DefaultValue("5s") Duration connectTimeout,
            @DefaultValue("10s") Duration readTimeout,
            @DefaultValue("60s") Duration totalTimeout,
            @DefaultValue("5") @PositiveOrZero int maxRedirects) {}
}
