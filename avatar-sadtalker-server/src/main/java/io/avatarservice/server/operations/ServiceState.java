package io.avatarservice.server.operations;

/** What a server can do for a new job. */
enum ServiceState {
    /** Nothing yet. */
    STARTING(false),
    /** Take it. */
    READY(true),
    /** Refuse it, because as many wait as may, and take the next when a worker is free. */
    BUSY(true),
    /** Take it, or say why not, with something missing: the details say what. */
    DEGRADED(true),
    /** Refuse it, and finish what runs. */
    STOPPING(false);

    private final boolean serving;

    ServiceState(boolean serving) {
        this.serving = serving;
    }

    /** Whether calls should still be sent here. */
    boolean serving() {
        return serving;
    }
}
