package io.avatarservice.spi;

/**
 * Where a job is on its way. A job moves forward only: {@code QUEUED}, then {@code RUNNING}, then one of the terminal
 * states. Any of the steps may be skipped.
 *
 * @since 0.1.0
 */
public enum AvatarJobStatus {
    /** Accepted, and waiting for a worker. */
    QUEUED(false),
    /** Being worked on. */
    RUNNING(false),
    /** Finished; the job has a video. */
    COMPLETED(true),
    /** Ended without a video; the job says why. */
    ERROR(true),
    /** Ended on request. */
    CANCELLED(true);

    private final boolean terminal;

    AvatarJobStatus(boolean terminal) {
        this.terminal = terminal;
    }

    /** Whether a job in this state never changes again. */
    public boolean isTerminal() {
        return terminal;
    }
}
