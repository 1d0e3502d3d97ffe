package io.avatarservice.server.torch.model;

import java.time.Duration;

/** Is told how downloads go. Calls come from one thread at a time, but not always the same. */
public interface DownloadListener {

    /** Another process is downloading the same file; it will be waited for. */
    default void waiting(ModelFile file) {}

    /**
     * Bytes are about to arrive.
     *
     * @param address where from, without its query
     * @param done bytes that an earlier attempt has left
     * @param total size of the file; 0 where it is not known yet
     */
    default void started(ModelFile file, String address, long done, long total) {}

    /** Bytes have arrived. Called often. */
    default void progress(long done, long total) {}

    /** An attempt failed; there will be another one after the delay. */
    default void retrying(String reason, Duration delay) {}

    /** An address was given up. */
    default void failed(String address, String reason) {}
}
