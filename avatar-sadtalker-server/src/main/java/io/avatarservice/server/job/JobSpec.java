package io.avatarservice.server.job;

import io.avatarservice.server.driver.RenderOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job renders.
 *
 * @param driver name of the driver
 * @param options complete with defaults
 * @param image the portrait
 * @param audio the speech recording; {@code null} where a driving video takes its place
 * @param drivingVideo the video whose face is followed; {@code null} for drivers that follow the speech
 * @param videos the inputs of those options that are videos, by the option's name
 * @param directory holds everything the job writes before the video is stored; goes when the job ends
 * @param trace headers of the trace in which the job was submitted, by name; empty outside of any
 */
public record JobSpec(
        String driver,
        RenderOptions options,
        JobInput image,
        @Nullable JobInput audio,
        @Nullable JobInput drivingVideo,
        Map<String, JobInput> videos,
        WorkDirectory directory,
        Map<String, String> trace) {

    public JobSpec {
        videos = Map.copyOf(videos);
        trace = Map.copyOf(trace);
    }

    /** Outside of any trace. */
    public JobSpec(
            String driver,
            RenderOptions options,
            JobInput image,
            @Nullable JobInput audio,
            @Nullable JobInput drivingVideo,
            Map<String, JobInput> videos,
            WorkDirectory directory) {
        this(driver, options, image, audio, drivingVideo, videos, directory, Map.of());
    }

    JobSpec withTrace(Map<String, String> headers) {
        return new JobSpec(driver, options, image, audio, drivingVideo, videos, directory, headers);
    }
}
