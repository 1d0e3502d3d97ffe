package io.avatarservice.server.job;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the server keeps what must outlast it.
 *
 * @param stateDir Directory of this server alone: its identity, and the database where none is configured.
 *     '.avatar-service/state' in the home directory when not set.
 * @param workDir Directory for uploads and unfinished videos, shared by all servers on one database. 'work' in the state
 *     directory when not set.
 */
@ConfigurationProperties("avatar.server")
public record StateProperties(
        @Nullable Path stateDir, @Nullable Path workDir) {

    /** The state directory that is used. */
    public Path resolvedStateDir() {
        return stateDir != null
                ? stateDir.toAbsolutePath()
                : Path.of(System.getProperty("user.home"), ".avatar-service", "state");
    }

    Path resolvedWorkDir() {
        return workDir != null ? workDir.toAbsolutePath() : resolvedStateDir().resolve("work");
    }
}
