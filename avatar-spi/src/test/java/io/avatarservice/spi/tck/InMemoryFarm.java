package io.avatarservice.spi.tck;

import io.avatarservice.spi.FailureKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The other side of {@link InMemoryAvatarProvider}: jobs, the keys they came with, and what to do with them. */
final class InMemoryFarm {

    private final Set<String> running = new HashSet<>();
    private final Set<String> cancelled = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private final Map<String, String> jobsByKey = new HashMap<>();
    private @Nullable FailureKind failure;
    private boolean endless;
    private boolean losesAnswer;
    private CountDownLatch answers = new CountDownLatch(0);
    private int calls;
    private int submits;
    private int jobs;

    /** Waits while answers are held. */
    void call() {
        CountDownLatch gate;
        synchronized (this) {
            calls++;
            gate = answers;
        }
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized String submit(@Nullable String key) {
        submits++;
        String known = key == null ? null : jobsByKey.get(key);
        if (known != null) {
            return known;
        }
        String id = "job-" + ++jobs;
        running.add(id);
        if (key != null) {
            jobsByKey.put(key, id);
        }
        return id;
    }

    synchronized @Nullable String jobOf(@Nullable String key) {
        return key == null ? null : jobsByKey.get(key);
    }

    /** The state of a job after this look at it: it ends when it is looked at, unless it is endless. */
    synchronized State look(String id) {
        if (cancelled.contains(id)) {
            return State.CANCELLED;
        }
        if (running.contains(id) && !endless) {
            running.remove(id);
            ended.add(id);
        }
        if (ended.contains(id)) {
            return failure == null ? State.COMPLETED : State.FAILED;
        }
        return running.contains(id) ? State.RUNNING : State.UNKNOWN;
    }

    synchronized State cancel(String id) {
        if (running.remove(id)) {
            cancelled.add(id);
        }
        if (cancelled.contains(id)) {
            return State.CANCELLED;
        }
        return ended.contains(id) ? State.COMPLETED : State.UNKNOWN;
    }

    synchronized FailureKind failure() {
        return failure == null ? FailureKind.RENDER_FAILED : failure;
    }

    synchronized void failWith(FailureKind kind) {
        failure = kind;
    }

    synchronized void neverEnd() {
        endless = true;
    }

    synchronized void loseTheNextAnswer() {
        losesAnswer = true;
    }

    /** Whether the answer to this submit gets lost. */
    synchronized boolean losesAnswer() {
        boolean loses = losesAnswer;
        losesAnswer = false;
        return loses;
    }

    synchronized AutoCloseable holdAnswers() {
        CountDownLatch held = new CountDownLatch(1);
        answers = held;
        return held::countDown;
    }

    synchronized ProviderTraffic traffic() {
        return new ProviderTraffic(calls, submits, jobs);
    }

    enum State {
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELLED,
        UNKNOWN
    }
}
