package io.avatarservice.server.driver;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files that a render reads.
 *
 * @param portrait image file
 * @param speech audio file; {@code null} where a driving video takes its place
 * @param drivingVideo video whose face is followed; {@code null} for drivers that follow the speech
 * @param videos files of the options that are videos, by the option's name
 */
public record RenderFiles(
        Path portrait, @Nullable Path speech, @Nullable Path drivingVideo, Map<String, Path> videos) {

    public RenderFiles {
        videos = Map.copyOf(videos);
    }

    public RenderFiles(Path portrait, Path speech) {
        this(portrait, speech, null, Map.of());
    }
}
