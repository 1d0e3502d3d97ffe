package io.avatarservice.server.storage;

import java.nio.file.Path;

/** Stores a finished video again and again before it gives up: rendering it once more costs far more than waiting. */
final class RetryingVideoStore implements VideoStore {

    private final VideoStore store;
    private final Retries retries;

    RetryingVideoStore(VideoStore store, Retries retries) {
        this.store = store;
        this.retries = retries;
    }

    @Override
    public StoredVideo put(VideoKey key, Path file) {
        return retries.call("Storing the video " + key.value(), () -> store.put(key, file));
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
