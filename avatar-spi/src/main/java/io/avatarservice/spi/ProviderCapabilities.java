package io.avatarservice.spi;

/**
 * What a provider can do, asked before it is called. Create it with {@link #builder}: components may be added in later
 * versions.
 *
 * @param uploads whether it takes content that only this machine has; if not, every medium must be an address
 * @param drivingVideo whether a driving video can be given
 * @param cancellation whether an accepted job can be stopped
 * @param idempotentSubmit whether a second submit with the same idempotency key gives the first one's job
 * @param paid whether each render is charged
 * @since 0.1.0
 */
public record ProviderCapabilities(
        boolean uploads, boolean drivingVideo, boolean cancellation, boolean idempotentSubmit, boolean paid) {

    /** Starts with a provider that can do nothing beyond the bare render, for free. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Collects what a provider can do.
     *
     * @since 0.1.0
     */
    public static final class Builder {

        private boolean uploads;
        private boolean drivingVideo;
        private boolean cancellation;
        private boolean idempotentSubmit;
        private boolean paid;

        private Builder() {}

        /** Whether it takes content that only this machine has. */
        public Builder uploads(boolean uploads) {
            this.uploads = uploads;
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

        /** Whether each render is charged. */
        public Builder paid(boolean paid) {
            this.paid = paid;
            return this;
        }

        /** The capabilities. */
        public ProviderCapabilities build() {
            return new ProviderCapabilities(uploads, drivingVideo, cancellation, idempotentSubmit, paid);
        }
    }
}
