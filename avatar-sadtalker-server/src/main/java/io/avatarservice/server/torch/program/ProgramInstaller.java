package io.avatarservice.server.torch.program;

import io.avatarservice.server.torch.Precision;
import io.avatarservice.server.torch.checkpoint.CheckpointException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes complete TorchScript archives, program and weights, to the model cache, each once. Safe for several threads and for
 * several processes with the same cache: one of them writes, the others wait and find the work done.
 */
public final class ProgramInstaller {

    private static final Logger log = LoggerFactory.getLogger(ProgramInstaller.class);

    private static final String UNFINISHED = ".part";
    // Enough digits that two versions in one folder never share a name.
    private static final int KEY_LENGTH = 16;

    private final Path cache;
    private final FreeSpace freeSpace;

    /** @param cache the folder of the installed programs; created when first needed */
    public ProgramInstaller(Path cache) {
        this(cache, directory -> Files.getFileStore(directory).getUsableSpace());
    }

    ProgramInstaller(Path cache, FreeSpace freeSpace) {
        this.cache = cache;
        this.freeSpace = freeSpace;
    }

    /** Installs a program that has no weights. */
    public Path install(Program program) {
        return install(program, Precision.FLOAT32, null, InstallListener.none());
    }

    /**
     * Installs a program, or finds it installed. The checkpoint is opened only in the first case; one tensor of it is in memory
     * at a time.
     *
     * @param precision the precision wanted; see {@link Program#supported}
     * @return the archive, to be loaded by libtorch
     * @throws CheckpointException where the checkpoint is damaged or is not the one that the program needs
     * @throws InstallationException where the cache cannot be written, e.g. because the disk is full
     */
    public Path install(
            Program program, Precision precision, @Nullable CheckpointSource checkpoint, InstallListener listener) {
        if (checkpoint == null && program.checkpoint() != null) {
            throw new IllegalArgumentException(
                    "the program " + program.name() + " needs the checkpoint " + program.checkpoint());
        }
        Precision supported = program.supported(precision);
        ProgramArchive archive = new ProgramArchive(program, supported);
        Path target = cache.resolve(fileName(program, supported, checkpoint));
        if (archive.isCompleteIn(target)) {
            return target;
        }
        try {
            Files.createDirectories(cache);
            try (CacheLock lock = CacheLock.acquire(cache)) {
                removeUnfinished();
                if (!archive.isCompleteIn(target)) {
                    write(archive, checkpoint, target, listener);
                }
            }
            return target;
        } catch (IOException e) {
            throw new InstallationException(
                    "the program %s cannot be written to %s: %s".formatted(program.name(), cache, e), e);
        }
    }

    private void write(
            ProgramArchive archive, @Nullable CheckpointSource checkpoint, Path target, InstallListener listener)
            throws IOException {
        requireSpace(archive);
        Path unfinished = target.resolveSibling(target.getFileName() + UNFINISHED);
        try {
            try (FileChannel channel =
                            FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    OutputStream output = Channels.newOutputStream(channel)) {
                archive.write(checkpoint, output, listener);
                // Or a crash could leave a file with the right name and without its content.
                channel.force(true);
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        log.info("installed {} ({} MB)", target, Files.size(target) / 1_000_000);
    }

    private void requireSpace(ProgramArchive archive) throws IOException {
        long free = freeSpace.usableBytes(cache);
        if (free < archive.bytes()) {
            throw new InstallationException("the program %s needs %d MB in %s, where %d MB are free"
                    .formatted(archive.name(), megabytesUp(archive.bytes()), cache, free / 1_000_000));
        }
    }

    private static long megabytesUp(long bytes) {
        return (bytes + 999_999) / 1_000_000;
    }

    // Under the lock nobody writes, so that these are of processes that were killed.
    private void removeUnfinished() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(cache, "*" + UNFINISHED)) {
            for (Path file : files) {
                log.info("removing {}, which an installation left unfinished", file);
                Files.deleteIfExists(file);
            }
        }
    }

    private static String fileName(Program program, Precision precision, @Nullable CheckpointSource checkpoint) {
        String identity = (checkpoint == null ? "" : checkpoint.fingerprint()) + ' ' + program.version(precision);
        String key = Sha256.of(identity.getBytes(StandardCharsets.UTF_8)).substring(0, KEY_LENGTH);
        return "%s.%s.%s.pt".formatted(program.name(), precision.shortName(), key);
    }

    /** How much a folder can still take. */
    @FunctionalInterface
    interface FreeSpace {

        long usableBytes(Path directory) throws IOException;
    }
}
