package io.avatarservice.server.job;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Names one batch.
 *
 * @param value has the form of a {@link JobId}
 */
public record BatchId(String value) {

    public BatchId {
        if (!JobId.isValid(value)) {
            throw new IllegalArgumentException("a batch id has 1 to 64 letters, digits, '-' or '_'");
        }
    }

    /** A fresh id that cannot be guessed. */
    public static BatchId random() {
        return new BatchId(UUID.randomUUID().toString());
    }

    /** The same id for the same key of the same owner, so that sending a batch again makes no second one. */
    public static BatchId of(String owner, IdempotencyKey key) {
        byte[] name = ("batch " + owner + " " + key.value()).getBytes(StandardCharsets.US_ASCII);
        return new BatchId(UUID.nameUUIDFromBytes(name).toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
