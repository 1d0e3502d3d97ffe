package io.avatarservice.spi;

/**
 * What came of the wish to cancel a job.
 *
 * @since 0.1.0
 */
public enum CancelOutcome {
    /** The job has ended, or will before it is charged any further. */
    CANCELLED,
    /** The job had already ended in another way. */
    ALREADY_FINISHED,
    /** The provider knows no such job. */
    UNKNOWN_JOB,
    /** The provider cannot stop a job once it is accepted; the job goes on and may be charged. */
    NOT_SUPPORTED
}
