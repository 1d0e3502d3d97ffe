package io.avatarservice.server.media;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.nio.file.Path;

/** A first look at driving videos. Failures name the field {@code driving_video}. */
public final class VideoFiles {

    private static final String FIELD = "driving_video";

    private VideoFiles() {}

    /**
     * Refuses a file that cannot be a driving video, by its beginning.
     *
     * @throws ProblemException {@code UNSUPPORTED_MEDIA} where it is no video in a supported format, or has no picture
     */
    public static void check(Path file) {
        try (VideoReader video = new VideoReader(file)) {
            if (!video.advance()) {
                throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA, FIELD, "the driving video has no pictures");
            }
        } catch (NoVideoStreamException e) {
            throw new ProblemException(
                    ProblemCode.UNSUPPORTED_MEDIA, FIELD, "the driving video has no video stream", e);
        } catch (FfmpegException e) {
            throw new ProblemException(
                    ProblemCode.UNSUPPORTED_MEDIA,
                    FIELD,
                    "the driving video is damaged or not in a supported format (%s)".formatted(VideoReader.FORMATS),
                    e);
        }
    }
}
