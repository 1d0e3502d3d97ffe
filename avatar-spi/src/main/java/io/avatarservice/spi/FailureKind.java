package io.avatarservice.spi;

/**
 * What a failure means for what to do next. Two questions are answered apart: may the <em>same provider</em> be asked
 * again, and may the <em>next provider</em> be asked instead? A third decides whether the failure speaks against the
 * provider's health, and so counts in its circuit breaker.
 *
 * <p>Every provider has one place that turns what it saw into a kind. Retry, failover and breaker read only the kind.
 *
 * @since 0.1.0
 */
public enum FailureKind {
    /** A field is missing or malformed, or a medium is unsupported or too large: nobody else would take it either. */
    INVALID_REQUEST(SameProvider.NO, NextProvider.NO, false),
    /** The portrait shows no face that can be animated. */
    FACE_NOT_FOUND(SameProvider.NO, NextProvider.NO, false),
    /** Moderation refused the content. Asking another provider would be a way around that decision. */
    CONTENT_REJECTED(SameProvider.NO, NextProvider.NEVER, false),
    /** This provider lacks the driver, the option, or the model files that the request needs. */
    UNSUPPORTED(SameProvider.NO, NextProvider.YES, false),
    /** The provider did not accept the credentials. */
    AUTHENTICATION(SameProvider.NO, NextProvider.YES_AND_ALERT, false),
    /** The account has no credits left. */
    QUOTA_EXHAUSTED(SameProvider.NO, NextProvider.YES, false),
    /** Too many calls; {@link AvatarException#retryAfter()} tells when the next is welcome. */
    RATE_LIMITED(SameProvider.AFTER_DELAY, NextProvider.IF_DELAY_EXCEEDS_BUDGET, false),
    /** The provider could not be reached, broke off, answered with a server error, or its breaker is open. */
    UNAVAILABLE(SameProvider.WITH_BACK_OFF, NextProvider.YES, true),
    /** No answer, or no finished job, within the time allowed. */
    TIMEOUT(SameProvider.IF_IDEMPOTENT, NextProvider.YES, true),
    /**
     * The submit was sent and its answer lost, without an idempotency key to ask again safely: there may or may not be
     * a job, and it may be charged.
     */
    SUBMIT_UNCONFIRMED(SameProvider.AFTER_RECONCILING, NextProvider.AFTER_RECONCILING, true),
    /** The job was accepted and ended in error. */
    RENDER_FAILED(SameProvider.NO, NextProvider.ONCE, true),
    /** The job was cancelled. */
    CANCELLED(SameProvider.NO, NextProvider.NO, false);

    private final SameProvider sameProvider;
    private final NextProvider nextProvider;
    private final boolean countsInBreaker;

    FailureKind(SameProvider sameProvider, NextProvider nextProvider, boolean countsInBreaker) {
        this.sameProvider = sameProvider;
        this.nextProvider = nextProvider;
        this.countsInBreaker = countsInBreaker;
    }

    /** Whether and how the same provider may be asked again. */
    public SameProvider sameProvider() {
        return sameProvider;
    }

    /** Whether and when the next provider may be asked. */
    public NextProvider nextProvider() {
        return nextProvider;
    }

    /** Whether this failure speaks against the health of the provider. */
    public boolean countsInBreaker() {
        return countsInBreaker;
    }

    /**
     * Whether and how the same provider may be asked again.
     *
     * @since 0.1.0
     */
    public enum SameProvider {
        /** It would answer the same. */
        NO,
        /** After the delay it asked for. */
        AFTER_DELAY,
        /** After growing pauses. */
        WITH_BACK_OFF,
        /** Only a call that can be made twice with the effect of one. */
        IF_IDEMPOTENT,
        /** Never blindly: first find out whether the job exists. */
        AFTER_RECONCILING
    }

    /**
     * Whether and when the next provider may be asked.
     *
     * @since 0.1.0
     */
    public enum NextProvider {
        /** It would fail there as well, or nobody wants the result anymore. */
        NO,
        /** It might work there, and must not be tried. */
        NEVER,
        /** At once. */
        YES,
        /** At once, and someone has to be told, because only a person can mend this provider. */
        YES_AND_ALERT,
        /** To one other provider, not to all in turn. */
        ONCE,
        /** If this provider asked for a longer delay than there is time. */
        IF_DELAY_EXCEEDS_BUDGET,
        /** Only when it is certain that the first provider has no job. */
        AFTER_RECONCILING
    }
}
