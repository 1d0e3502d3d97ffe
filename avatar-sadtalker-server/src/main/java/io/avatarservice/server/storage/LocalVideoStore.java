package io.avatarservice.server.storage;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Videos as files of one directory, which this server serves under {@code /media}. */
public final class LocalVideoStore implements VideoStore {

    /** The path under which the API serves the directory. */
    public static final String PATH = "/media/";

    private static final Logger log = LoggerFactory.getLogger(LocalVideoStore.class);
    private static final String CONTENT_TYPE = "video/mp4";
    private static final String PARTIAL_SUFFIX = ".part";
    private static final Duration PARTIAL_LIFETIME = Duration.ofHours(1);

    private final Path directory;

    /** Opens the store, creating the directory, and removes what a killed server left half-written. */
    public LocalVideoStore(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(this.directory);
            removePartialFiles();
        } catch (IOException e) {
            throw new UncheckedIOException("avatar.storage.local.directory cannot be used: " + this.directory, e);
        }
    }

    @Override
    public StoredVideo put(VideoKey key, Path file) {
        Path target = directory.resolve(key.value());
        try {
            StoredVideo video = new StoredVideo(key, CONTENT_TYPE, Files.size(file));
            moveWhole(file, target);
            return video;
        } catch (IOException e) {
            log.error("The video {} could not be stored in {}: {}", key.value(), directory, e.toString());
            throw new ProblemException(
                    ProblemCode.STORAGE_UNAVAILABLE, null, "the video could not be stored: " + reason(file), e);
        }
    }

    @Override
    public VideoLink link(VideoKey key) {
        return new VideoLink(URI.create(PATH + key.value()), null);
    }

    @Override
    public VideoLink freshLink(VideoKey key) {
        return link(key);
    }

    @Override
    public String location() {
        return directory.toString();
    }

    @Override
    public void delete(VideoKey key) {
        try {
            Files.deleteIfExists(directory.resolve(key.value()));
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.STORAGE_UNAVAILABLE, null, "the video " + key.value() + " could not be deleted", e);
        }
    }

    /** The file of a stored video. */
    public Optional<Path> find(VideoKey key) {
        Path file = directory.resolve(key.value());
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    private void moveWhole(Path file, Path target) throws IOException {
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException otherFileSystem) {
            Path partial = target.resolveSibling(target.getFileName() + PARTIAL_SUFFIX);
            try {
                copyToDisk(file, partial);
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(partial);
            }
        }
    }

    /** Returns once the bytes are on the disk: before that, a full one need not have shown yet. */
    private static void copyToDisk(Path file, Path partial) throws IOException {
        try (FileChannel source = FileChannel.open(file);
                FileChannel copy = FileChannel.open(
                        partial,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            long size = source.size();
            for (long position = 0; position < size; ) {
                position += source.transferTo(position, size - position, copy);
            }
            copy.force(true);
        }
    }

    private String reason(Path file) {
        try {
            long free = Files.getFileStore(directory).getUsableSpace();
            long size = Files.size(file);
            if (free < size) {
                return String.format(
                        Locale.ROOT,
                        "the disk of the media directory is full (%,d bytes are free, the video has %,d)",
                        free,
                        size);
            }
        } catch (IOException e) {
            log.debug("The free space of {} is not known", directory, e);
        }
        return "the media directory is full or not writable";
    }

    /** Young ones may be another server's that shares the directory, and still grow. */
    private void removePartialFiles() throws IOException {
        Instant abandoned = Instant.now().minus(PARTIAL_LIFETIME);
        try (DirectoryStream<Path> partials = Files.newDirectoryStream(directory, "*.mp4" + PARTIAL_SUFFIX)) {
            for (Path partial : partials) {
                if (Files.getLastModifiedTime(partial).toInstant().isBefore(abandoned)) {
                    Files.deleteIfExists(partial);
                }
            }
        }
    }
}
