package io.avatarservice.server.torch.model;

import io.avatarservice.server.torch.program.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being downloaded: {@code NAME.part}, hashed as it grows, and beside it the validator by which a server
 * recognizes that it still has the same file ({@code NAME.part.validator}). Both stay when a download breaks off.
 */
final class PartialFile implements AutoCloseable {

    private static final int CHUNK = 1 << 20;

    private final Path target;
    private final Path part;
    private final Path validatorFile;
    private final FileChannel channel;
    private MessageDigest digest = Sha256.digest();
    private @Nullable String validator;
    private boolean resumed;

    private PartialFile(Path target) throws IOException {
        this.target = target;
        this.part = target.resolveSibling(target.getFileName() + ".part");
        this.validatorFile = target.resolveSibling(target.getFileName() + ".part.validator");
        this.channel =
                FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Opens what an earlier attempt has left of a file, if it can be continued, else an empty part. */
    static PartialFile open(Path target) throws IOException {
        PartialFile file = new PartialFile(target);
        try {
            file.readLeftOver();
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void readLeftOver() throws IOException {
        if (channel.size() > 0 && Files.exists(validatorFile)) {
            validator = Files.readString(validatorFile, StandardCharsets.ISO_8859_1);
            readOn();
            resumed = true;
        } else {
            restart(null);
        }
    }

    /** Hashes what is there, up to its end. */
    private void readOn() throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        while (channel.read(chunk) >= 0) {
            digest.update(chunk.flip());
            chunk.clear();
        }
    }

    /** The bytes that are there. */
    long size() {
        try {
            return channel.position();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a server must still recognize for the file to be continued; {@code null} where it cannot be. */
    @Nullable String validator() {
        return validator;
    }

    /** Whether the part was written in more than one go. */
    boolean resumed() {
        return resumed;
    }

    void markResumed() {
        resumed = true;
    }

    /** Starts again from nothing. */
    void restart(@Nullable String newValidator) throws IOException {
        channel.truncate(0);
        channel.position(0);
        digest = Sha256.digest();
        resumed = false;
        validator = newValidator;
        if (newValidator == null) {
            Files.deleteIfExists(validatorFile);
        } else {
            Files.writeString(validatorFile, newValidator, StandardCharsets.ISO_8859_1);
        }
    }

    void write(ByteBuffer bytes) {
        digest.update(bytes.duplicate());
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Why the bytes cannot be a checkpoint, to follow its name; {@code null} where they may be one. */
    @Nullable String problem() throws IOException {
        return FileContent.problem(part);
    }

    /** The hash of all bytes; only once. */
    String sha256() {
        return Sha256.hex(digest);
    }

    /** Gives the whole file its name. */
    void complete() throws IOException {
        channel.force(true);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(validatorFile);
    }

    /** Closes the part; an empty one, or one that nothing can continue, does not stay. */
    @Override
    public void close() throws IOException {
        channel.close();
        if (validator == null || Files.notExists(part) || Files.size(part) == 0) {
            Files.deleteIfExists(part);
            Files.deleteIfExists(validatorFile);
        }
    }
}
