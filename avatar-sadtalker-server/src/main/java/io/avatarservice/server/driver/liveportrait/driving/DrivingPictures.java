package io.avatarservice.server.driver.liveportrait.driving;

import io.avatarservice.server.media.FfmpegException;
import io.avatarservice.server.media.VideoReader;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.nio.file.Path;

/** The pictures of a driving video, each later than the one before and of the same size. Two readings give the same ones. */
final class DrivingPictures implements AutoCloseable {

    /** Pictures that follow sooner are left out: nothing moves so fast, and a small file may hold millions of them. */
    private static final double SHORTEST_GAP = 0.008;

    /** For pictures without a time in a file without a rate. */
    private static final double USUAL_GAP = 0.04;

    private final VideoReader reader;
    private final double statedGap;
    private double first = Double.NaN;
    private double seconds = Double.NEGATIVE_INFINITY;
    private int width;
    private int height;

    /**
     * Opens a video.
     *
     * @throws FfmpegException where it cannot be read
     */
    DrivingPictures(Path file, long maxPixels) {
        reader = new VideoReader(file, maxPixels);
        statedGap = reader.frameRate().map(rate -> rate.seconds(1)).orElse(USUAL_GAP);
    }

    VideoReader reader() {
        return reader;
    }

    /** Goes to the next picture; false after the last. */
    boolean advance() {
        while (reader.advance()) {
            if (Double.isNaN(first)) {
                first = reader.isTimed() ? reader.seconds() : 0;
                seconds = 0;
                width = reader.width();
                height = reader.height();
                return true;
            }
            double next = reader.isTimed() ? reader.seconds() - first : seconds + statedGap;
            if (next - seconds >= SHORTEST_GAP) {
                requireSameSize();
                seconds = next;
                return true;
            }
        }
        return false;
    }

    private void requireSameSize() {
        if (reader.width() != width || reader.height() != height) {
            throw new ProblemException(
                    ProblemCode.UNSUPPORTED_MEDIA,
                    DrivingVideo.FIELD,
                    "the driving video changes its size from %dx%d to %dx%d"
                            .formatted(width, height, reader.width(), reader.height()));
        }
    }

    /** When the picture is shown, in seconds from the first. */
    double seconds() {
        return seconds;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    byte[] rgb() {
        return reader.rgb();
    }

    @Override
    public void close() {
        reader.close();
    }
}
