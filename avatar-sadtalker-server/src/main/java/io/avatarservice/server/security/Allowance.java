package io.avatarservice.server.security;

import org.jspecify.annotations.Nullable;

/**
 * How much a caller may ask for.
 *
 * @param requestsPerMinute most calls in a minute
 * @param concurrentJobs most unfinished jobs, or {@code null} for no limit of its own
 */
record Allowance(int requestsPerMinute, @Nullable Integer concurrentJobs) {}
