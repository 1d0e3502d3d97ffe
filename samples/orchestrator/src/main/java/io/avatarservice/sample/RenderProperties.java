package io.avatarservice.sample;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * One video to render from the command line.
 *
 * @param portrait Picture of a face.
 * @param speech Recording that the face is to speak.
 * @param out File to write the video to.
 * @param driver Engine to render with. Left to the provider if not set.
 */
@ConfigurationProperties("render")
record RenderProperties(
        Path portrait, Path speech, Path out, @Nullable String driver) {

    RenderProperties {
        // Binding passes null for what is not set.
        if (speech == null || out == null) {
            throw new IllegalArgumentException("--render.portrait needs --render.speech and --render.out as well");
        }
    }
}
