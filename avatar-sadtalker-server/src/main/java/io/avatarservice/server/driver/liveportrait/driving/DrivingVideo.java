package io.avatarservice.server.driver.liveportrait.driving;

import io.avatarservice.server.driver.liveportrait.face.FaceTracker;
import io.avatarservice.server.driver.liveportrait.face.OpeningRatios;
import io.avatarservice.server.media.FrameRate;
import io.avatarservice.server.problem.ProblemException;
import java.nio.file.Path;

/**
 * A driving video, looked through once: where the face is, how far its eyes and lips are open. It keeps a few numbers for
 * each picture; the pictures are decoded again by {@link #open}.
 */
public final class DrivingVideo {

    private DrivingVideo() {}

    /**
     * Looks through a video.
     *
     * @param cropped whether frames show the face only; a video that is not square is always cropped
     * @param landmarks finds and follows the face
     * @param listener is told of every picture
     * @throws ProblemException with the field {@code driving_video}: {@code UNSUPPORTED_MEDIA} for what is no usable
     *     video, {@code PAYLOAD_TOO_LARGE} beyond the limits, {@code FACE_NOT_FOUND} where no picture shows a face
     */
    public static DrivingVideo look(
            Path file, boolean cropped, DrivingLimits limits, FaceTracker landmarks, DrivingListener listener) {
        throw new UnsupportedOperationException(file.toString());
    }

    /** Constant; pictures of a variable rate are repeated or left out to keep to their times. */
    public FrameRate frameRate() {
        throw new UnsupportedOperationException();
    }

    /** How many frames there are, those before the first face included: they hold the first face. */
    public int frames() {
        throw new UnsupportedOperationException();
    }

    /** How far eyes and lips are open in a frame. */
    public OpeningRatios ratios(int frame) {
        throw new UnsupportedOperationException("" + frame);
    }

    /** Decodes the frames, one at a time. */
    public DrivingFrames open() {
        throw new UnsupportedOperationException();
    }
}
