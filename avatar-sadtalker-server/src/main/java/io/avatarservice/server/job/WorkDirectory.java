package io.avatarservice.server.job;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A directory for the files of one request and then of the job made from it. First it belongs to the request, which
 * may {@link #discard} it; once the job has {@link #claim claimed} it, only the job deletes it.
 */
public final class WorkDirectory {

    private static final Logger log = LoggerFactory.getLogger(WorkDirectory.class);
    // A writer that does not know yet that its request is gone can add a file while the directory is being emptied.
    private static final int DELETE_ATTEMPTS = 10;

    private enum State {
        STAGED,
        CLAIMED,
        GONE
    }

    private final Path path;
    private final AtomicReference<State> state;

    private WorkDirectory(Path path, State state) {
        this.path = path;
        this.state = new AtomicReference<>(state);
    }

    /** Belongs to a request. */
    static WorkDirectory staged(Path path) {
        return new WorkDirectory(path, State.STAGED);
    }

    /** Belongs to a job. */
    static WorkDirectory claimed(Path path) {
        return new WorkDirectory(path, State.CLAIMED);
    }

    public Path path() {
        return path;
    }

    /** Names the directory among all. */
    String name() {
        return path.getFileName().toString();
    }

    /**
     * Makes the files outlast a power failure. Blocks.
     *
     * @throws IOException where the disk does not take them
     */
    void sync() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                force(file, StandardOpenOption.WRITE);
            }
        }
        force(path, StandardOpenOption.READ);
        force(path.resolveSibling("."), StandardOpenOption.READ);
    }

    /** Hands the directory to a job; {@code false} where the request has gone meanwhile. */
    boolean claim() {
        return state.compareAndSet(State.STAGED, State.CLAIMED);
    }

    /** Gives the directory up on behalf of the request; does nothing once a job has it. Blocks. */
    public void discard() {
        if (state.compareAndSet(State.STAGED, State.GONE)) {
            deleteFiles();
        }
    }

    /** Deletes the directory on behalf of the job. Blocks. */
    void delete() {
        state.set(State.GONE);
        deleteFiles();
    }

    @Override
    public String toString() {
        return name();
    }

    private static void force(Path file, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(file, access)) {
            channel.force(true);
        }
    }

    private void deleteFiles() {
        for (int attempt = 1; Files.exists(path); attempt++) {
            try {
                FileSystemUtils.deleteRecursively(path);
            } catch (IOException e) {
                if (attempt == DELETE_ATTEMPTS) {
                    log.warn("Work directory {} could not be deleted", path, e);
                    return;
                }
            }
        }
    }
}
