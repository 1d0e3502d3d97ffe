package io.avatarservice.server.media;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
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
 * @param videoBitsPerPixel Bits that the encoder may spend per pixel and frame; more is sharper and larger.
 * @param fetch How inputs given by URL are downloaded.
 */
@Validated
@ConfigurationProperties("avatar.media")
public record MediaProperties(
        @DefaultValue("20MB") DataSize maxImageBytes,

        @DefaultValue("50000000") @Positive @Max(500_000_000) long maxImagePixels,

        @DefaultValue("200MB") DataSize maxAudioBytes,
        @DefaultValue("15m") Duration maxAudioDuration,
        @DefaultValue("0.16") @Positive double videoBitsPerPixel,
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
