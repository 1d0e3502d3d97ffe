package io.avatarservice.server.cli;

import java.time.Duration;

/**
 * What a server is loaded with.
 *
 * @param body of each request
 * @param submits requests in all
 * @param concurrency requests that wait for their answer at the same time
 * @param rate requests begun in a second, whatever became of those before; 0 for as many as {@code concurrency} lets through
 * @param persistent whether what was refused is sent again when {@code Retry-After} is over
 * @param longestEnd how long accepted jobs are waited for
 */
record LoadPlan(byte[] body, int submits, int concurrency, double rate, boolean persistent, Duration longestEnd) {}
