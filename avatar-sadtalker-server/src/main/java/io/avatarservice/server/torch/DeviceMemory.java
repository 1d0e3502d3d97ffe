package io.avatarservice.server.torch;

/**
 * Memory of the device that networks run on: the CUDA device's own, or the machine's.
 *
 * @param freeBytes what no process uses
 * @param totalBytes all
 */
public record DeviceMemory(long freeBytes, long totalBytes) {}
