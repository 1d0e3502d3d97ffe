package io.avatarservice.spi.tck;

/**
 * What the other side of a provider has seen since the test began: the server, the cloud service, the folder.
 *
 * @param calls of any sort
 * @param submits that asked for a job, whether or not a new one came of it
 * @param jobs that were made
 * @since 0.1.0
 */
public record ProviderTraffic(int calls, int submits, int jobs) {}
