package io.avatarservice.server.security;

import java.util.concurrent.atomic.AtomicReference;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** A place among the unfinished jobs of a caller. Thread-safe. */
public final class JobSlot {

    private enum State {
        RESERVED,
        HELD,
        RELEASED,
        UNCOUNTED
    }

    private final CallerLimits limits;
    private final String account;
    private final AtomicReference<State> state;

    JobSlot(CallerLimits limits, String account) {
        this(limits, account, State.RESERVED);
    }

    private JobSlot(CallerLimits limits, String account, State state) {
        this.limits = limits;
        this.account = account;
        this.state = new AtomicReference<>(state);
    }

    /** A place where there is no end of them: nobody watches the job for it. */
    static JobSlot uncounted(CallerLimits limits, String account) {
        return new JobSlot(limits, account, State.UNCOUNTED);
    }

    /**
     * Keeps the place until the job is finished.
     *
     * @param finished ends, in whatever way, when the job does
     */
    public void holdUntil(Publisher<?> finished) {
        if (state.get() == State.UNCOUNTED) {
            return;
        }
        if (!state.compareAndSet(State.RESERVED, State.HELD)) {
            limits.add(account); // the client went away first, and the job was accepted all the same
        }
        Flux.from(finished).doFinally(signal -> limits.release(account)).subscribe(value -> {}, failure -> {});
    }

    /** Gives the place back where no job holds it. */
    public void releaseUnlessHeld() {
        if (state.compareAndSet(State.RESERVED, State.RELEASED)) {
            limits.release(account);
        }
    }
}
