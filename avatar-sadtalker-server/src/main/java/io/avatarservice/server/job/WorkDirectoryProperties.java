package io.avatarservice.server.job;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where files lie while a job runs.
 *
 * @param workDir Directory for uploads and unfinished videos, used by this server alone. A temporary directory when not
 *     set.
 */
@ConfigurationProperties("avatar.server")
public record WorkDirectoryProperties(@Nullable Path workDir) {}
