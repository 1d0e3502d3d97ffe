package io.avatarservice.server.storage;

import io.avatarservice.server.problem.ProblemException;
import java.nio.file.Path;

/** Where finished videos go. Thread-safe; calls may block. */
public interface VideoStore {

    /**
     * Takes over a finished video. It becomes visible whole or not at all. An interrupt ends the wait for a store that
     * does not answer, as a failure.
     *
     * @param key from {@link VideoKey#random}; putting the same key again replaces the video
     * @param file moved, or copied and then left to its owner; after a failure it is where it was
     * @throws ProblemException with {@code STORAGE_UNAVAILABLE}; nothing is left under {@code key} then
     */
    StoredVideo put(VideoKey key, Path file);

    /**
     * Where clients download the video. An address that expires is valid for at least half of its lifetime yet.
     *
     * @throws ProblemException with {@code STORAGE_UNAVAILABLE} where the address cannot be signed
     */
    VideoLink link(VideoKey key);

    /**
     * Like {@link #link}, but an address that expires is signed anew and has its whole lifetime before it.
     *
     * @throws ProblemException with {@code STORAGE_UNAVAILABLE} where the address cannot be signed
     */
    VideoLink freshLink(VideoKey key);

    /** Where the videos are, for people: a directory, a bucket. */
    String location();

    /**
     * Removes the video; one that does not exist is no error.
     *
     * @throws ProblemException with {@code STORAGE_UNAVAILABLE}
     */
    void delete(VideoKey key);
}
