package io.avatarservice.sample.custom;

import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.JobId;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.util.FileSystemUtils;

/**
 * The folder shared with the render farm. Every step is one rename, which the file system does wholly or not at all, so
 * neither side ever sees half a job or half a video, and only one of two that want the same thing gets it. All methods
 * block.
 *
 * <pre>
 * staging/&lt;anything&gt;/                  a job that is being written; nobody looks here
 * inbox/&lt;id&gt;/job.properties            a job that waits, with its portrait and speech
 * inbox/&lt;id&gt;/started.properties        the farm has renamed it: the job runs
 * inbox/&lt;id&gt;/cancelled.properties      we have renamed it: the farm passes it over
 * outbox/&lt;id&gt;.mp4                      the farm has finished
 * outbox/&lt;id&gt;.error                    the farm has given up; properties 'kind' and 'message'
 * </pre>
 */
final class WatchFolder {

    private static final String WAITING = "job.properties";
    private static final String STARTED = "started.properties";
    private static final String CANCELLED = "cancelled.properties";

    /** Ids become names of files, so they are nothing but what we make ourselves. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Path root;

    WatchFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /**
     * Hands a job over, unless there is one with this id.
     *
     * @throws IOException if the job could not be handed over; then nothing is left of it
     */
    void submit(JobId id, AvatarRequest request) throws IOException {
        requireFarm();
        Path target = inbox(id);
        if (Files.exists(target)) {
            return;
        }
        Path staging = Files.createDirectories(
                root.resolve("staging").resolve(UUID.randomUUID().toString()));
        try {
            Properties job = JobFile.write(request, staging);
            try (Writer out = Files.newBufferedWriter(staging.resolve(WAITING))) {
                job.store(out, null);
            }
            Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileSystemException e) {
            // A folder that is not empty cannot be replaced: somebody else has handed this job over meanwhile.
            if (!Files.exists(target)) {
                throw e;
            }
        } finally {
            FileSystemUtils.deleteRecursively(staging);
        }
    }

    State state(JobId id) throws IOException {
        requireFarm();
        if (!ID.matcher(id.value()).matches()) {
            return State.UNKNOWN;
        }
        if (Files.exists(video(id))) {
            return State.COMPLETED;
        }
        if (Files.exists(error(id))) {
            return State.FAILED;
        }
        Path job = inbox(id);
        if (Files.exists(job.resolve(CANCELLED))) {
            return State.CANCELLED;
        }
        if (Files.exists(job.resolve(STARTED))) {
            return State.RUNNING;
        }
        return Files.exists(job) ? State.WAITING : State.UNKNOWN;
    }

    /** Takes a waiting job back; returns what it is after that. */
    State cancel(JobId id) throws IOException {
        if (state(id) == State.WAITING) {
            try {
                Files.move(inbox(id).resolve(WAITING), inbox(id).resolve(CANCELLED), StandardCopyOption.ATOMIC_MOVE);
            } catch (NoSuchFileException e) {
                // The farm was faster: the state tells.
            }
        }
        return state(id);
    }

    Path video(JobId id) {
        return root.resolve("outbox").resolve(id + ".mp4");
    }

    /** What the farm says about a failed job. */
    Properties error(JobId id, Properties into) throws IOException {
        try (Reader in = Files.newBufferedReader(error(id))) {
            into.load(in);
        }
        return into;
    }

    private Path error(JobId id) {
        return root.resolve("outbox").resolve(id + ".error");
    }

    private Path inbox(JobId id) {
        return root.resolve("inbox").resolve(id.value());
    }

    /** The farm makes its folders itself: on a share that is not mounted we must not make them on the local disk. */
    private void requireFarm() throws IOException {
        for (String name : new String[] {"inbox", "outbox"}) {
            if (!Files.isDirectory(root.resolve(name))) {
                throw new NotDirectoryException(root.resolve(name).toString());
            }
        }
    }

    enum State {
        UNKNOWN,
        WAITING,
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELLED
    }
}
