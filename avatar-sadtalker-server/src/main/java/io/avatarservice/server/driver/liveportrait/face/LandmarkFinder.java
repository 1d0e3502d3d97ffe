package io.avatarservice.server.driver.liveportrait.face;

import io.avatarservice.server.problem.ProblemException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds a face with the detector of the jar and its landmarks with LivePortrait's own network. Loads both at their first
 * use. Safe for use by many threads, which take turns.
 */
public final class LandmarkFinder implements FaceTracker, AutoCloseable {

    private final Supplier<Path> file;

    /**
     * @param file gives {@code landmark.onnx}; asked once, at the first use, and may throw where the file is missing
     */
    public LandmarkFinder(Supplier<Path> file) {
        this.file = file;
    }

    /**
     * The largest face of a picture.
     *
     * @param rgb {@code height × width × 3} bytes, red first
     * @throws ProblemException {@code FACE_NOT_FOUND} with the field {@code image}
     */
    public FacePoints find(byte[] rgb, int width, int height) {
        throw new UnsupportedOperationException(file.toString());
    }

    @Override
    public Optional<FacePoints> search(byte[] rgb, int width, int height) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<FacePoints> follow(byte[] rgb, int width, int height, FacePoints previous) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
