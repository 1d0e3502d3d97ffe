package io.avatarservice.server.driver;

import io.avatarservice.server.media.AudioClip;
import io.avatarservice.server.media.Picture;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a driver renders.
 *
 * @param portrait the decoded portrait, upright
 * @param speech the checked, still undecoded speech recording; {@code null} where the request has none
 * @param drivingVideo file of the video whose face is followed; {@code null} where the request has none
 * @param options the checked options, complete with defaults
 * @param videos files of the options that are videos, by the option's name
 */
public record RenderRequest(
        Picture portrait,
        @Nullable AudioClip speech,
        @Nullable Path drivingVideo,
        RenderOptions options,
        Map<String, Path> videos) {

    /** A request without a driving video. */
    public RenderRequest(Picture portrait, AudioClip speech, RenderOptions options, Map<String, Path> videos) {
        this(portrait, speech, null, options, videos);
    }

    /**
     * The speech of a driver that cannot do without.
     *
     * @throws ProblemException {@code INVALID_REQUEST} where there is none
     */
    public AudioClip requireSpeech() {
        return require(speech, "audio", "the driver needs a speech recording");
    }

    /**
     * The driving video of a driver that cannot do without.
     *
     * @throws ProblemException {@code INVALID_REQUEST} where there is none
     */
    public Path requireDrivingVideo() {
        return require(drivingVideo, "driving_video", "the driver needs a driving video");
    }

    private static <T> T require(@Nullable T input, String field, String message) {
        if (input == null) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, field, message);
        }
        return input;
    }
}
