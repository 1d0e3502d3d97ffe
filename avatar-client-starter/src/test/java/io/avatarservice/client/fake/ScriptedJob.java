package io.avatarservice.client.fake;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One job on its way through its statuses: each look moves it on by one, and the last one stays. */
final class ScriptedJob {

    final String id;
    final @Nullable String key;
    final Map<String, Object> submit;
    final Ending ending;
    private final List<String> statuses;
    private int step;
    private boolean cancelled;

    ScriptedJob(String id, @Nullable String key, Map<String, Object> submit, List<String> statuses, Ending ending) {
        this.id = id;
        this.key = key;
        this.submit = submit;
        this.statuses = statuses;
        this.ending = ending;
    }

    synchronized String status() {
        return cancelled ? "cancelled" : statuses.get(step);
    }

    /** The status as this look sees it. */
    synchronized String look() {
        step = Math.min(step + 1, statuses.size() - 1);
        return status();
    }

    /** Whether it is cancelled now; not if it had ended before. */
    synchronized boolean cancel() {
        cancelled = cancelled || !(status().equals("completed") || status().equals("error"));
        return cancelled;
    }

    FakeJob snapshot() {
        return new FakeJob(id, key, submit, status());
    }

    /**
     * How a job ends.
     *
     * @param status the last one
     * @param code of the error, if it ends in one
     * @param message of the error
     */
    record Ending(String status, String code, String message) {

        static Ending of(String status) {
            return new Ending(status, "RENDER_FAILED", "the render failed");
        }
    }
}
