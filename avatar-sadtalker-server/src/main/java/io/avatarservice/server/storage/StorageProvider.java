package io.avatarservice.server.storage;

/** The kinds of store that a server can be configured with. */
public enum StorageProvider {
    /** A directory of this machine, served under {@code /media}. */
    LOCAL
}
