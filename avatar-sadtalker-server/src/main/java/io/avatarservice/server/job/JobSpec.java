package io.avatarservice.server.job;

import io.avatarservice.server.driver.RenderOptions;

/**
 * What a job renders.
 *
 * @param driver name of the driver
 * @param options complete with defaults
 * @param image the portrait
 * @param audio the speech recording
 * @param directory holds everything the job writes before the video is stored; goes when the job ends
 */
public record JobSpec(String driver, RenderOptions options, JobInput image, JobInput audio, WorkDirectory directory) {}
