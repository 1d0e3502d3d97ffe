package io.avatarservice.server.driver;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * A finished video, still in the file it was rendered into.
 *
 * @param file the MP4
 * @param format what was yielded
 * @param seconds length of the soundtrack
 * @param bytes size of the file
 * @param timings wall-clock time spent in each stage
 */
public record RenderedVideo(
        Path file, VideoFormat format, double seconds, long bytes, Map<RenderStage, Duration> timings) {

    public RenderedVideo {
        timings = Map.copyOf(timings);
    }
}
