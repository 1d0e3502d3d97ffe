package io.avatarservice.server.job;

import org.jspecify.annotations.Nullable;

/**
 * A job as callers see it.
 *
 * @param job the snapshot
 * @param queuePosition its place in the queue, 1 is next; {@code null} where it does not wait
 */
public record JobView(Job job, @Nullable Integer queuePosition) {}
