package io.avatarservice.server.job;

import java.util.Locale;

/** The states of a job. */
public enum JobStatus {
    /** Accepted, waiting for a worker. */
    QUEUED,
    /** A worker has it. */
    RUNNING,
    /** The video is stored. */
    COMPLETED,
    /** It failed; the job says why. */
    ERROR,
    /** It was cancelled before it finished. */
    CANCELLED;

    /** Whether the state is final. */
    public boolean finished() {
        return this == COMPLETED || this == ERROR || this == CANCELLED;
    }

    /** The name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
