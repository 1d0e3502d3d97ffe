package io.avatarservice.server.job;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.storage.StoredVideo;
import io.avatarservice.server.storage.VideoKey;
import io.avatarservice.server.storage.VideoLink;
import io.avatarservice.server.storage.VideoStore;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A store that takes no video until it is told to answer. */
final class SilentStore implements VideoStore {

    private final VideoStore store;
    private final boolean interruptible;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

    /** @param interruptible whether an interrupt ends the wait as a failure; else it goes unnoticed until the end */
    SilentStore(VideoStore store, boolean interruptible) {
        this.store = store;
        this.interruptible = interruptible;
    }

    boolean awaitPut() throws InterruptedException {
        return asked.await(20, TimeUnit.SECONDS);
    }

    void answer() {
        answer.countDown();
    }

    @Override
    public StoredVideo put(VideoKey key, Path file) {
        asked.countDown();
        boolean interrupted = false;
        while (true) {
            try {
                answer.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                if (interruptible) {
                    Thread.currentThread().interrupt();
                    throw new ProblemException(ProblemCode.STORAGE_UNAVAILABLE, "interrupted");
                }
            }
        }
        StoredVideo stored = store.put(key, file);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return stored;
    }

    @Override
    public VideoLink link(VideoKey key) {
        return store.link(key);
    }

    @Override
    public VideoLink freshLink(VideoKey key) {
        return store.freshLink(key);
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public void delete(VideoKey key) {
        store.delete(key);
    }
}
