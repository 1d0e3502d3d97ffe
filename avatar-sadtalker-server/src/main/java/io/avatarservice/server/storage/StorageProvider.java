package io.avatarservice.server.storage;

import java.util.Locale;

/** The kinds of store that a server can be configured with. */
public enum StorageProvider {
    /** A directory of this machine, served under {@code /media}. */
    LOCAL,
    /** A bucket of Google Cloud Storage. */
    GCS,
    /** A bucket of Amazon S3, or of a store that speaks its protocol. */
    S3;

    /** The name in configuration and metrics. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
