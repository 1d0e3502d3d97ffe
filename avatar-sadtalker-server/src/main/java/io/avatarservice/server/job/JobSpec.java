package io.avatarservice.server.job;

import io.avatarservice.server.driver.RenderOptions;
import java.util.Map;

/**
 * What a job renders.
 *
 * @param driver name of the driver
 * @param options complete with defaults
 * @param image the portrait
 * @param audio the speech recording
 * @param videos the inputs of those options that are videos, by the option's name
 * @param directory holds everything the job writes before the video is stored; goes when the job ends
 */
public record JobSpec(
        String driver,
        RenderOptions options,
        JobInput image,
        JobInput audio,
        Map<String, JobInput> videos,
        WorkDirectory directory) {

    public JobSpec {
        videos = Map.copyOf(videos);
    }
}
