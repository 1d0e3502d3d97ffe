package io.avatarservice.server.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * This server among those on one database. Its name is kept in the state directory and held by a file lock, which the
 * operating system gives up when the process dies, however it dies: a server that gets the lock knows that whatever runs
 * under the name ran in a former life and is dead.
 */
public final class JobNode implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(JobNode.class);
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{12}");

    private final String name;
    private final boolean alone;
    private final @Nullable FileChannel held;

    private JobNode(String name, @Nullable FileChannel held) {
        this.name = name;
        this.alone = held != null;
        this.held = held;
    }

    /**
     * Takes the name that is kept in {@code directory}, or a fresh one for this life where another process holds it.
     *
     * @throws UncheckedIOException where the directory is not writable
     */
    public static JobNode open(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel lock = FileChannel.open(
                    directory.resolve("node.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(lock)) {
                lock.close();
                log.info("{} belongs to another running server; this one keeps no name of its own", directory);
                return new JobNode(fresh(), null);
            }
            return new JobNode(kept(directory.resolve("node")), lock);
        } catch (IOException e) {
            throw new UncheckedIOException("avatar.server.state-dir cannot be used: " + directory, e);
        }
    }

    /** Twelve hexadecimal digits. */
    public String name() {
        return name;
    }

    /** Whether nobody else can live under the name. */
    public boolean alone() {
        return alone;
    }

    @Override
    public void destroy() throws IOException {
        if (held != null) {
            held.close();
        }
    }

    private static boolean locked(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // another server of this process
        }
    }

    private static String kept(Path file) throws IOException {
        if (Files.exists(file)) {
            String name = Files.readString(file).strip();
            if (FORM.matcher(name).matches()) {
                return name;
            }
        }
        String name = fresh();
        Files.writeString(file, name);
        return name;
    }

    private static String fresh() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    }
}
