package io.avatarservice.server.torch.program;

import io.avatarservice.server.torch.checkpoint.CheckpointException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.List;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SHA-256 of large files. Each is remembered together with the file's path, size and modification time, so that it is worked
 * out again only when one of them changes.
 */
public final class FileFingerprints {

    private static final Logger log = LoggerFactory.getLogger(FileFingerprints.class);
    private static final int CHUNK = 1 << 20;

    private final Path directory;

    /** @param cache the model cache; created when first needed */
    public FileFingerprints(Path cache) {
        this.directory = cache.resolve("fingerprints");
    }

    /**
     * @return 64 lower-case hexadecimal digits
     * @throws CheckpointException naming the file where it cannot be read
     */
    public String sha256(Path file) {
        return sha256(file, bytes -> {});
    }

    /**
     * @param progress is told the bytes read so far, unless the hash is remembered
     * @return 64 lower-case hexadecimal digits
     * @throws CheckpointException naming the file where it cannot be read
     */
    public String sha256(Path file, LongConsumer progress) {
        Path absolute = file.toAbsolutePath().normalize();
        try {
            BasicFileAttributes attributes = Files.readAttributes(absolute, BasicFileAttributes.class);
            List<String> identity = List.of(
                    absolute.toString(),
                    Long.toString(attributes.size()),
                    attributes.lastModifiedTime().toString());
            Path note = directory.resolve(Sha256.of(absolute.toString().getBytes(StandardCharsets.UTF_8)) + ".txt");
            List<String> lines = Files.exists(note) ? Files.readAllLines(note) : List.of();
            if (lines.size() == 4 && lines.subList(0, 3).equals(identity)) {
                return lines.get(3);
            }
            String hash = hash(absolute, progress);
            remember(note, identity, hash);
            return hash;
        } catch (IOException e) {
            throw new CheckpointException(file + " cannot be read: " + e, e);
        }
    }

    private static String hash(Path file, LongConsumer progress) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] chunk = new byte[CHUNK];
        long done = 0;
        try (InputStream input = Files.newInputStream(file)) {
            for (int read = input.read(chunk); read >= 0; read = input.read(chunk)) {
                digest.update(chunk, 0, read);
                done += read;
                progress.accept(done);
            }
        }
        return Sha256.hex(digest);
    }

    private void remember(Path note, List<String> identity, String hash) {
        try {
            Files.createDirectories(directory);
            Path draft = Files.createTempFile(directory, "fingerprint", ".part");
            try {
                Files.writeString(draft, String.join("\n", identity) + "\n" + hash + "\n");
                Files.move(draft, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            log.warn("the hash of {} could not be remembered: {}", identity.get(0), e.toString());
        }
    }
}
