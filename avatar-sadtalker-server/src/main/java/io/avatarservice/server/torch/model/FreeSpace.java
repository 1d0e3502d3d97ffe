package io.avatarservice.server.torch.model;

import java.util.Locale;
import java.util.function.LongSupplier;

/** The room that is left where files are downloaded to. */
record FreeSpace(String directory, LongSupplier usableBytes) {

    /** Left for others, so that a download does not fill the disk to the last byte. */
    private static final long RESERVE = 64L << 20;

    void require(long bytes, String name) {
        long usable = usableBytes.getAsLong();
        if (bytes > 0 && usable < bytes + RESERVE) {
            throw new ModelException(String.format(
                    Locale.ROOT,
                    "%s needs %,d MB, but %s has only %,d MB left",
                    name,
                    (bytes + RESERVE) / 1_000_000,
                    directory,
                    usable / 1_000_000));
        }
    }
}
