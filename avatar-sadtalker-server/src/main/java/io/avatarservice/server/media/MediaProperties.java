package io.avatarservice.server.media;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of the inputs and quality of the output.
 *
 * @param maxImageBytes largest portrait file accepted
 * @param maxImagePixels most pixels a portrait may have, checked before it is decoded
 * @param maxAudioBytes largest speech file accepted
 * @param maxAudioDuration longest speech accepted
 * @param videoQuantizer quantizer of the H.264 encoder, 10 to 40; less is sharper and larger
 * @param fetch how inputs given by URL are downloaded
 */
@Validated
@ConfigurationProperties("avatar.media")
public record MediaProperties(
        @DefaultValue("20MB") DataSize maxImageBytes,

        @DefaultValue("50000000") @Positive @Max(500_000_000) long maxImagePixels,

        @DefaultValue("200MB") DataSize maxAudioBytes,
        @DefaultValue("15m") Duration maxAudioDuration,
        @DefaultValue("21") @Min(10) @Max(40) int videoQuantizer,
        @DefaultValue Fetch fetch) {

    /**
     * How inputs given by URL are downloaded.
     *
     * @param connectTimeout longest wait for a connection
     * @param readTimeout longest wait for the next bytes
     * @param totalTimeout longest time for the whole download, redirects included
     * @param maxRedirects most redirects followed
     */
    public record Fetch(
            @DefaultValue("5s") Duration connectTimeout,
            @DefaultValue("10s") Duration readTimeout,
            @DefaultValue("60s") Duration totalTimeout,
            @DefaultValue("5") int maxRedirects) {}
}
