package io.avatarservice.spi;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A finished talking-head video. Create it with {@link #builder}: components may be added in later versions.
 *
 * @param provider who rendered it, and who can download it
 * @param jobId the job it came from
 * @param url where it lies; may be signed, and then is a secret until {@code expiresAt}
 * @param contentType its media type, for example {@code video/mp4}
 * @param duration its length, or {@code null} where the provider does not tell
 * @param sizeBytes its size, or {@code null} where the provider does not tell
 * @param width in pixels, or {@code null} where the provider does not tell
 * @param height in pixels, or {@code null} where the provider does not tell
 * @param frameRate frames per second, or {@code null} where the provider does not tell
 * @param expiresAt when the address stops working, or {@code null} where it does not or the provider does not tell
 * @param warnings what of the request the provider passed over, in sentences for people; empty where nothing
 * @param attempts who was asked for it, in order, the last being the one that rendered; empty until a client adds them
 * @since 0.1.0
 */
public record AvatarVideo(
        ProviderId provider,
        JobId jobId,
        URI url,
        String contentType,
        @Nullable Duration duration,
        @Nullable Long sizeBytes,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Double frameRate,
        @Nullable Instant expiresAt,
        List<String> warnings,
        List<AvatarAttempt> attempts) {

    /** Requires what every video has, and copies the lists. */
    public AvatarVideo {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(jobId, "jobId");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(contentType, "contentType");
        warnings = List.copyOf(warnings);
        attempts = List.copyOf(attempts);
    }

    /** Starts a video with what every provider tells. */
    public static Builder builder(ProviderId provider, JobId jobId, URI url) {
        return new Builder(provider, jobId, url);
    }

    /** Starts a changed copy. */
    public Builder toBuilder() {
        return new Builder(provider, jobId, url)
                .contentType(contentType)
                .duration(duration)
                .sizeBytes(sizeBytes)
                .width(width)
                .height(height)
                .frameRate(frameRate)
                .expiresAt(expiresAt)
                .warnings(warnings)
                .attempts(attempts);
    }

    /** Hides the query of the address, which may be a signature. */
    @Override
    public String toString() {
        return "AvatarVideo[provider=" + provider + ", jobId=" + jobId + ", url=" + Urls.masked(url) + ", contentType="
                + contentType + ", duration=" + duration + ", sizeBytes=" + sizeBytes + ", width=" + width
                + ", height=" + height + ", frameRate=" + frameRate + ", expiresAt=" + expiresAt + ", warnings="
                + warnings
                + ", attempts=" + attempts + "]";
    }

    /**
     * Collects what is known of a video.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private final ProviderId provider;
        private final JobId jobId;
        private final URI url;
        private String contentType = "video/mp4";
        private @Nullable Duration duration;
        private @Nullable Long sizeBytes;
        private @Nullable Integer width;
        private @Nullable Integer height;
        private @Nullable Double frameRate;
        private @Nullable Instant expiresAt;
        private List<String> warnings = List.of();
        private List<AvatarAttempt> attempts = List.of();

        private Builder(ProviderId provider, JobId jobId, URI url) {
            this.provider = provider;
            this.jobId = jobId;
            this.url = url;
        }

        /** Its media type; {@code video/mp4} unless set. */
        public Builder contentType(String contentType) {
            this.contentType = contentType;
            return this;
        }

        /** Its length. */
        public Builder duration(@Nullable Duration duration) {
            this.duration = duration;
            return this;
        }

        /** Its size in bytes. */
        public Builder sizeBytes(@Nullable Long sizeBytes) {
            this.sizeBytes = sizeBytes;
            return this;
        }

        /** In pixels. */
        public Builder width(@Nullable Integer width) {
            this.width = width;
            return this;
        }

        /** In pixels. */
        public Builder height(@Nullable Integer height) {
            this.height = height;
            return this;
        }

        /** Frames per second. */
        public Builder frameRate(@Nullable Double frameRate) {
            this.frameRate = frameRate;
            return this;
        }

        /** When the address stops working. */
        public Builder expiresAt(@Nullable Instant expiresAt) {
            this.expiresAt = expiresAt;
            return this;
        }

        /** What of the request the provider passed over, in sentences for people. */
        public Builder warnings(List<String> warnings) {
            this.warnings = List.copyOf(warnings);
            return this;
        }

        /** Who was asked for it, in order. */
        public Builder attempts(List<AvatarAttempt> attempts) {
            this.attempts = List.copyOf(attempts);
            return this;
        }

        /** The video. */
        public AvatarVideo build() {
            return new AvatarVideo(
                    provider,
                    jobId,
                    url,
                    contentType,
                    duration,
                    sizeBytes,
                    width,
                    height,
                    frameRate,
                    expiresAt,
                    warnings,
                    attempts);
        }
    }
}
