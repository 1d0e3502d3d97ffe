package io.avatarservice.server.driver;

import java.nio.file.Path;
import java.util.Map;

/**
 * The files that a render reads.
 *
 * @param portrait image file
 * @param speech audio file
 * @param videos files of the options that are videos, by the option's name
 */
public record RenderFiles(Path portrait, Path speech, Map<String, Path> videos) {

    public RenderFiles {
        videos = Map.copyOf(videos);
    }

    public RenderFiles(Path portrait, Path speech) {
        this(portrait, speech, Map.of());
    }
}
