package io.avatarservice.spi;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a provider can do, asked before it is called. Create it with {@link #builder}: components may be added in later
 * versions.
 *
 * @param uploads whether it takes content that only this machine has; if not, every medium must be an address
 * @param urlSchemes schemes, in lower case, of the addresses that it takes; empty if every medium must be content
 * @param drivingVideo whether a driving video can be given
 * @param cancellation whether an accepted job can be stopped
 * @param idempotentSubmit whether a second submit with the same idempotency key gives the first one's job
 * @param webhooks whether it calls the webhook of a request
 * @param paid whether each render is charged
 * @since 0.1.0
 */
public record ProviderCapabilities(
        boolean uploads,
        Set<String> urlSchemes,
        boolean drivingVideo,
        boolean cancellation,
        boolean idempotentSubmit,
        boolean webhooks,
        boolean paid) {

    /** Copies the set. */
    public ProviderCapabilities {
        urlSchemes = Set.copyOf(urlSchemes);
    }

    /** Starts with a provider that takes http and https addresses and can do nothing beyond the bare render, for free. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Why a request is beyond this provider, whatever its media contain.
     *
     * @return one sentence without its full stop, such as {@code takes no driving video}; {@code null} if nothing stands
     *     against it
     */
    public @Nullable String lacks(AvatarRequest request) {
        MediaSource driving = request.drivingVideo();
        if (driving != null && !drivingVideo) {
            return "takes no driving video";
        }
        return Stream.of(Stream.of(request.portrait()), Stream.ofNullable(request.speech()), Stream.ofNullable(driving))
                .flatMap(media -> media)
                .map(this::lacks)
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse(null);
    }

    private @Nullable String lacks(MediaSource medium) {
        if (medium instanceof MediaSource.Url url) {
            String scheme = url.url().getScheme().toLowerCase(Locale.ROOT);
            return urlSchemes.contains(scheme) ? null : "takes no " + scheme + " address";
        }
        return uploads ? null : "takes addresses only (" + String.join(", ", new TreeSet<>(urlSchemes)) + ")";
    }

    /**
     * Collects what a provider can do.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private boolean uploads;
        private Set<String> urlSchemes = Set.of("http", "https");
        private boolean drivingVideo;
        private boolean cancellation;
        private boolean idempotentSubmit;
        private boolean webhooks;
        private boolean paid;

        private Builder() {}

        /** Whether it takes content that only this machine has. */
        public Builder uploads(boolean uploads) {
            this.uploads = uploads;
            return this;
        }

        /** Schemes of the addresses that it takes; {@code http} and {@code https} unless set. */
        public Builder urlSchemes(String... urlSchemes) {
            this.urlSchemes = Set.copyOf(Arrays.stream(urlSchemes)
                    .map(scheme -> scheme.toLowerCase(Locale.ROOT))
                    .toList());
            return this;
        }

        /** Whether a driving video can be given. */
        public Builder drivingVideo(boolean drivingVideo) {
            this.drivingVideo = drivingVideo;
            return this;
        }

        /** Whether an accepted job can be stopped. */
        public Builder cancellation(boolean cancellation) {
            this.cancellation = cancellation;
            return this;
        }

        /** Whether a second submit with the same idempotency key gives the first one's job. */
        public Builder idempotentSubmit(boolean idempotentSubmit) {
            this.idempotentSubmit = idempotentSubmit;
            return this;
        }

        /** Whether it calls the webhook of a request. */
        public Builder webhooks(boolean webhooks) {
            this.webhooks = webhooks;
            return this;
        }

        /** Whether each render is charged. */
        public Builder paid(boolean paid) {
            this.paid = paid;
            return this;
        }

        /** The capabilities. */
        public ProviderCapabilities build() {
            return new ProviderCapabilities(
                    uploads, urlSchemes, drivingVideo, cancellation, idempotentSubmit, webhooks, paid);
        }
    }
}
