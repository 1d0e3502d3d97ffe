package io.avatarservice.server.job;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes {@link WorkDirectory work directories} under one root, which the servers on one database share. The name of each
 * begins with the server that made it.
 */
public final class WorkDirectories {

    private static final Logger log = LoggerFactory.getLogger(WorkDirectories.class);
    private static final String PREFIX = "avatar-job-";

    private final Path root;
    private final String ownPrefix;
    private final Set<String> former;

    /** {@code node} makes the directories. */
    WorkDirectories(Path root, String node) {
        this.root = root.toAbsolutePath();
        this.ownPrefix = PREFIX + node + "-";
        try {
            Files.createDirectories(this.root);
        } catch (IOException e) {
            throw new UncheckedIOException("avatar.server.work-dir cannot be used: " + root, e);
        }
        this.former = all().stream()
                .map(WorkDirectory::name)
                .filter(name -> name.startsWith(ownPrefix))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The root. */
    public Path root() {
        return root;
    }

    /**
     * Makes an empty directory. Blocks.
     *
     * @throws ProblemException with {@code STORAGE_UNAVAILABLE}
     */
    public WorkDirectory create() {
        try {
            return WorkDirectory.staged(Files.createTempDirectory(root, ownPrefix));
        } catch (IOException e) {
            log.error("No directory can be made in {}", root, e);
            throw unwritable(e);
        }
    }

    /** What those are told whose inputs cannot be kept. */
    public static ProblemException unwritable(Throwable cause) {
        return new ProblemException(
                ProblemCode.STORAGE_UNAVAILABLE,
                null,
                "the server cannot take inputs: its work directory is full or not writable",
                cause);
    }

    /** The directory of a job. */
    WorkDirectory open(String name) {
        return WorkDirectory.claimed(root.resolve(name));
    }

    /** All directories of all servers. Blocks. */
    List<WorkDirectory> all() {
        List<WorkDirectory> all = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(root, PREFIX + "*")) {
            directories.forEach(directory -> all.add(WorkDirectory.claimed(directory)));
        } catch (IOException e) {
            throw new UncheckedIOException("avatar.server.work-dir cannot be read", e);
        }
        return all;
    }

    /** Whether a former life of this server made the directory: no request of that life goes on. */
    boolean isOfFormerLife(WorkDirectory directory) {
        return former.contains(directory.name());
    }

    /** Whether nothing in the directory was touched since. Blocks. */
    static boolean untouchedSince(Instant time, WorkDirectory directory) {
        try (Stream<Path> files = Files.walk(directory.path())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!Files.getLastModifiedTime(file).toInstant().isBefore(time)) {
                    return false;
                }
            }
            return true;
        } catch (IOException | UncheckedIOException goneMeanwhile) {
            return false;
        }
    }
}
