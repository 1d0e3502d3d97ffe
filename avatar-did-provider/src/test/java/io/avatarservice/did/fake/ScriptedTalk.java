package io.avatarservice.did.fake;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One talk on its way through its statuses: each look moves it on by one, and the last one stays. */
final class ScriptedTalk {

    final String id;
    final Map<String, Object> request;
    final Instant createdAt;
    private final Clock clock;
    private final List<String> statuses;
    private final Ending ending;
    private int step;
    private int hidden;
    private boolean deleted;
    private @Nullable Instant endedAt;

    ScriptedTalk(
            String id, Map<String, Object> request, Clock clock, List<String> statuses, Ending ending, int hidden) {
        this.id = id;
        this.request = request;
        this.createdAt = clock.instant();
        this.clock = clock;
        this.statuses = statuses;
        this.ending = ending;
        this.hidden = hidden;
    }

    synchronized String status() {
        return statuses.get(step);
    }

    /** The status as this look sees it. */
    synchronized String look() {
        step = Math.min(step + 1, statuses.size() - 1);
        if (ended() && endedAt == null) {
            endedAt = clock.instant();
        }
        return status();
    }

    /** Whether a list shows it; being asked counts. */
    synchronized boolean showsUp() {
        return hidden-- <= 0 && !deleted;
    }

    synchronized boolean ended() {
        return status().equals(ending.status());
    }

    synchronized boolean deleted() {
        return deleted;
    }

    synchronized void delete() {
        deleted = true;
    }

    Ending ending() {
        return ending;
    }

    /** Whether it ends in a video, whoever looks: that is what is paid for. */
    boolean billed() {
        return ending.equals(Ending.DONE);
    }

    synchronized Instant endedAt() {
        return endedAt == null ? createdAt : endedAt;
    }

    synchronized FakeTalk snapshot() {
        return new FakeTalk(id, request, createdAt, status(), deleted);
    }
}
