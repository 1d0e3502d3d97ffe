package io.avatarservice.server.storage;

/**
 * A video in the store.
 *
 * @param key its name
 * @param contentType media type
 * @param bytes size
 */
public record StoredVideo(VideoKey key, String contentType, long bytes) {}
