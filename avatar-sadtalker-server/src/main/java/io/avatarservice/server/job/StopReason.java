package io.avatarservice.server.job;

/** Why a render is told to stop. */
enum StopReason {
    /** The job is not this run's any more: it was cancelled, its time was over, or another run has it. */
    ENDED,
    /** The server stops; another one, or this one restarted, renders the job. */
    HAND_BACK
}
