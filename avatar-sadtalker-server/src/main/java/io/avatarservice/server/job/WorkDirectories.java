package io.avatarservice.server.job;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.util.FileSystemUtils;

/** Makes {@link WorkDirectory work directories} under one root, which belongs to this server alone. */
public final class WorkDirectories implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(WorkDirectories.class);
    private static final String PREFIX = "avatar-job-";

    private final Path root;
    private final boolean temporary;

    /**
     * @param configured the root, where one is configured: created when missing, and rid of what a killed server left
     *     behind; {@code null} for a temporary directory that goes with this server
     */
    WorkDirectories(@Nullable Path configured) {
        this.temporary = configured == null;
        try {
            this.root = configured == null
                    ? Files.createTempDirectory("avatar-work-")
                    : Files.createDirectories(configured.toAbsolutePath());
            removeLeftOvers();
        } catch (IOException e) {
            throw new UncheckedIOException("avatar.server.work-dir cannot be used: " + configured, e);
        }
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
            return new WorkDirectory(Files.createTempDirectory(root, PREFIX));
        } catch (IOException e) {
            log.error("No directory can be made in {}", root, e);
            throw new ProblemException(
                    ProblemCode.STORAGE_UNAVAILABLE,
                    null,
                    "the server cannot take inputs: its work directory is full or not writable",
                    e);
        }
    }

    @Override
    public void destroy() throws IOException {
        if (temporary) {
            FileSystemUtils.deleteRecursively(root);
        }
    }

    private void removeLeftOvers() throws IOException {
        try (DirectoryStream<Path> leftOvers = Files.newDirectoryStream(root, PREFIX + "*")) {
            for (Path leftOver : leftOvers) {
                FileSystemUtils.deleteRecursively(leftOver);
            }
        }
    }
}
