package io.avatarservice.spi;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The wish for a talking-head video: a portrait, a speech recording or a driving video, and how to bring them together.
 * Immutable.
 *
 * <pre>{@code
 * AvatarRequest.of(MediaSource.file(portrait), MediaSource.url(speech))
 *         .toBuilder().driver("preview").option("seed", 7).build();
 * }</pre>
 *
 * @since 0.1.0
 */
public final class AvatarRequest {

    private final MediaSource portrait;
    private final @Nullable MediaSource speech;
    private final @Nullable String driver;
    private final Map<String, Object> options;
    private final @Nullable MediaSource drivingVideo;
    private final @Nullable String idempotencyKey;
    private final @Nullable URI webhook;

    private AvatarRequest(Builder builder) {
        this.portrait = builder.portrait;
        this.speech = builder.speech;
        this.driver = builder.driver;
        this.options = Collections.unmodifiableMap(new LinkedHashMap<>(builder.options));
        this.drivingVideo = builder.drivingVideo;
        this.idempotencyKey = builder.idempotencyKey;
        this.webhook = builder.webhook;
    }

    /** A request with everything else left to the provider. */
    public static AvatarRequest of(MediaSource portrait, MediaSource speech) {
        return builder(portrait, speech).build();
    }

    /** Starts a request for a portrait that speaks. */
    public static Builder builder(MediaSource portrait, MediaSource speech) {
        return new Builder(portrait, Objects.requireNonNull(speech, "speech"));
    }

    /**
     * Starts a request for a portrait that moves like the face in a video, with that video's sound. Only providers whose
     * {@linkplain ProviderCapabilities#drivingVideo() capabilities} have driving videos take it.
     */
    public static Builder driven(MediaSource portrait, MediaSource drivingVideo) {
        return new Builder(portrait, null).drivingVideo(Objects.requireNonNull(drivingVideo, "drivingVideo"));
    }

    /** Starts a changed copy. */
    public Builder toBuilder() {
        Builder builder = new Builder(portrait, speech);
        builder.driver = driver;
        builder.options.putAll(options);
        builder.drivingVideo = drivingVideo;
        builder.idempotencyKey = idempotencyKey;
        builder.webhook = webhook;
        return builder;
    }

    /** The picture of a face. */
    public MediaSource portrait() {
        return portrait;
    }

    /** The recording that the face is to speak; {@code null} only where there is a driving video. */
    public @Nullable MediaSource speech() {
        return speech;
    }

    /** The engine to render with, or {@code null} for the provider's default. */
    public @Nullable String driver() {
        return driver;
    }

    /** Options of the driver, by their names on the wire, in the order they were added. Unmodifiable. */
    public Map<String, Object> options() {
        return options;
    }

    /** A video whose face is followed, or {@code null} to let the speech alone drive it. */
    public @Nullable MediaSource drivingVideo() {
        return drivingVideo;
    }

    /**
     * What tells a repeated submit from a new one, or {@code null}. A provider that supports keys answers a second
     * submit with the same key and the same request with the first one's job.
     */
    public @Nullable String idempotencyKey() {
        return idempotencyKey;
    }

    /**
     * Where the provider may tell that the job has changed, or {@code null}. A hint to look again, never the only way to
     * learn of it. Holds a secret, as any address that only the provider is to know.
     */
    public @Nullable URI webhook() {
        return webhook;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AvatarRequest that
                && portrait.equals(that.portrait)
                && Objects.equals(speech, that.speech)
                && Objects.equals(driver, that.driver)
                && options.equals(that.options)
                && Objects.equals(drivingVideo, that.drivingVideo)
                && Objects.equals(idempotencyKey, that.idempotencyKey)
                && Objects.equals(webhook, that.webhook);
    }

    @Override
    public int hashCode() {
        return Objects.hash(portrait, speech, driver, options, drivingVideo, idempotencyKey, webhook);
    }

    /** Names of options only, and whether there is a webhook: values may be signed addresses. */
    @Override
    public String toString() {
        return "AvatarRequest[portrait=" + portrait + ", speech=" + speech + ", driver=" + driver + ", options="
                + options.keySet() + ", drivingVideo=" + drivingVideo + ", idempotencyKey=" + idempotencyKey
                + ", webhook="
                + (webhook == null ? "none" : "***") + "]";
    }

    /**
     * Collects the optional parts of a request.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        /** Visible ASCII, as it travels in an HTTP header. */
        private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

        private final MediaSource portrait;
        private final @Nullable MediaSource speech;
        private @Nullable String driver;
        private final Map<String, Object> options = new LinkedHashMap<>();
        private @Nullable MediaSource drivingVideo;
        private @Nullable String idempotencyKey;
        private @Nullable URI webhook;

        private Builder(MediaSource portrait, @Nullable MediaSource speech) {
            this.portrait = Objects.requireNonNull(portrait, "portrait");
            this.speech = speech;
        }

        /**
         * The engine to render with; {@code null} for the provider's default.
         *
         * @throws IllegalArgumentException if the name is blank
         */
        public Builder driver(@Nullable String driver) {
            if (driver != null && driver.isBlank()) {
                throw new IllegalArgumentException("driver must not be blank; leave it out for the default");
            }
            this.driver = driver;
            return this;
        }

        /**
         * Sets one option of the driver.
         *
         * @param name its name on the wire, for example {@code expression_scale}
         * @param value a {@link Boolean}, {@link Number} or {@link String}
         * @throws IllegalArgumentException if the name is blank or the value of another type
         */
        public Builder option(String name, Object value) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("an option needs a name");
            }
            if (!(value instanceof Boolean || value instanceof Number || value instanceof String)) {
                throw new IllegalArgumentException(
                        "the value of option '" + name + "' must be a boolean, a number or a text");
            }
            options.put(name, value);
            return this;
        }

        /**
         * Sets several options of the driver and keeps those already set under other names.
         *
         * @see #option(String, Object)
         */
        public Builder options(Map<String, ?> options) {
            options.forEach(this::option);
            return this;
        }

        /** A video whose face is followed; {@code null} for none. */
        public Builder drivingVideo(@Nullable MediaSource drivingVideo) {
            this.drivingVideo = drivingVideo;
            return this;
        }

        /**
         * What tells a repeated submit from a new one; {@code null} for none.
         *
         * @param idempotencyKey 1 to 255 visible ASCII characters, unique to this wish, for example a UUID
         * @throws IllegalArgumentException if the key has another shape
         */
        public Builder idempotencyKey(@Nullable String idempotencyKey) {
            if (idempotencyKey != null
                    && !IDEMPOTENCY_KEY.matcher(idempotencyKey).matches()) {
                throw new IllegalArgumentException("an idempotency key has 1 to 255 visible ASCII characters");
            }
            this.idempotencyKey = idempotencyKey;
            return this;
        }

        /**
         * Where the provider may tell that the job has changed; {@code null} for nowhere. Providers whose
         * {@linkplain ProviderCapabilities#webhooks() capabilities} lack it pass it over.
         */
        public Builder webhook(@Nullable URI webhook) {
            this.webhook = webhook;
            return this;
        }

        /**
         * The request.
         *
         * @throws IllegalStateException if there is neither speech nor a driving video
         */
        public AvatarRequest build() {
            if (speech == null && drivingVideo == null) {
                throw new IllegalStateException("a request needs speech or a driving video");
            }
            return new AvatarRequest(this);
        }
    }
}
