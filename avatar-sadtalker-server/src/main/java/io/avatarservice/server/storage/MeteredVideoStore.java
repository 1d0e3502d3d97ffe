package io.avatarservice.server.storage;

import java.nio.file.Path;

/** Measures every call to a store that may take long. */
final class MeteredVideoStore implements VideoStore {

    private final VideoStore store;
    private final StorageMetrics metrics;
    private final StoreCondition condition;

    MeteredVideoStore(VideoStore store, StorageMetrics metrics, StoreCondition condition) {
        this.store = store;
        this.metrics = metrics;
        this.condition = condition;
    }

    @Override
    public StoredVideo put(VideoKey key, Path file) {
        StoredVideo video = condition.watch(() -> metrics.time("put", () -> store.put(key, file)));
        metrics.uploaded(video.bytes());
        return video;
    }

    @Override
    public VideoLink link(VideoKey key) {
        return metrics.time("link", () -> store.link(key));
    }

    @Override
    public VideoLink freshLink(VideoKey key) {
        return metrics.time("link", () -> store.freshLink(key));
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public void delete(VideoKey key) {
        metrics.time("delete", () -> store.delete(key));
    }
}
