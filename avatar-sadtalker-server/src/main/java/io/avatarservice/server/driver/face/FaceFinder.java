package io.avatarservice.server.driver.face;

import static org.bytedeco.opencv.global.opencv_dnn.readNetFromTFLite;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_dnn.Net;

/**
 * Finds the face to animate: the largest one that both networks agree on. Loading takes a few milliseconds; an instance
 * belongs to one thread.
 */
public final class FaceFinder implements AutoCloseable {

    private static final float MIN_MESH_SCORE = 0.5f;

    private final FaceDetector detector = new FaceDetector(load("face_detection_short_range.tflite"));
    private final FaceMeshNetwork meshNetwork = new FaceMeshNetwork(load("face_landmark.tflite"));

    /**
     * The mesh of the largest face.
     *
     * @param bgr an 8-bit picture of three channels
     * @throws ProblemException {@code FACE_NOT_FOUND}, saying what was tried
     */
    public FaceMesh find(Mat bgr) {
        List<DetectedFace> faces = detector.detect(bgr);
        return largest(bgr, faces).orElseThrow(() -> notFound(bgr, faces.size()));
    }

    /** The same where a picture without a face is no error. */
    public Optional<FaceMesh> search(Mat bgr) {
        return largest(bgr, detector.detect(bgr));
    }

    private Optional<FaceMesh> largest(Mat bgr, List<DetectedFace> faces) {
        return faces.stream()
                .sorted(Comparator.comparingDouble(DetectedFace::area).reversed())
                .map(face -> refine(bgr, FaceRegion.of(face)))
                .filter(mesh -> mesh.score() >= MIN_MESH_SCORE)
                .findFirst();
    }

    /**
     * Whether the landmark model sees a face at a place.
     *
     * @param centerX of a square half as large again as the face, pixels
     * @param centerY of the square, pixels
     * @param side of the square, pixels
     * @param angle how far the face is turned, clockwise in the picture, radians
     */
    public boolean confirms(Mat bgr, double centerX, double centerY, double side, double angle) {
        return meshNetwork
                        .read(bgr, new FaceRegion(centerX, centerY, side, angle))
                        .score()
                >= MIN_MESH_SCORE;
    }

    /** The mesh of a face whose place is roughly known, for following a face through a video. */
    public FaceMesh follow(Mat bgr, FaceMesh previous) {
        return refine(bgr, FaceRegion.of(previous));
    }

    private FaceMesh refine(Mat bgr, FaceRegion region) {
        return meshNetwork.read(bgr, FaceRegion.of(meshNetwork.read(bgr, region)));
    }

    private static ProblemException notFound(Mat bgr, int candidates) {
        String outcome = candidates == 0
                ? "the detector saw none"
                : "the landmark model accepted none of %d candidates".formatted(candidates);
        return new ProblemException(
                ProblemCode.FACE_NOT_FOUND,
                "image",
                "no face found in the %dx%d picture: searched %s; %s. Use a portrait with one clear, roughly frontal face"
                        .formatted(bgr.cols(), bgr.rows(), FaceDetector.description(), outcome));
    }

    private static Net load(String name) {
        try (InputStream in = FaceFinder.class.getResourceAsStream("/models/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks models/" + name);
            }
            byte[] bytes = in.readAllBytes();
            try (BytePointer pointer = new BytePointer(bytes)) {
                return readNetFromTFLite(pointer, bytes.length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        detector.close();
        meshNetwork.close();
    }
}
