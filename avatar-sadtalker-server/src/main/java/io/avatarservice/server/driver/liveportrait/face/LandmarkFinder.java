package io.avatarservice.server.driver.liveportrait.face;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import io.avatarservice.server.driver.face.FaceFinder;
import io.avatarservice.server.driver.face.FaceMesh;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.torch.FloatTensor;
import io.avatarservice.server.torch.model.ModelException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * Finds a face with the detector of the jar and its 203 landmarks with LivePortrait's own network. Loads both at the first
 * use. Safe for use by many threads, which take turns.
 */
public final class LandmarkFinder implements FaceTracker, AutoCloseable {

    /** The reference's crop for the network: of what lies around the landmarks, and of that more above. */
    private static final double SCALE = 1.5;

    private static final double SHIFT = -0.1;
    private static final int SIDE = LandmarkNetwork.SIDE;
    private static final int CHANNELS = 3;

    private final Supplier<Path> file;
    private @Nullable FaceFinder faces;
    private @Nullable LandmarkNetwork network;
    private boolean closed;

    /**
     * @param file gives {@code landmark.onnx}; asked at the first use, may throw where the file is missing
     */
    public LandmarkFinder(Supplier<Path> file) {
        this.file = file;
    }

    /**
     * The largest face of a picture.
     *
     * @param rgb {@code height × width × 3} bytes, red first
     * @throws ProblemException {@code FACE_NOT_FOUND} with the field {@code image}
     * @throws ModelException where {@code landmark.onnx} cannot be used
     */
    public synchronized FacePoints find(byte[] rgb, int width, int height) {
        try (Mat bgr = bgr(rgb, width, height)) {
            return landmarks(rgb, width, height, faces().find(bgr));
        }
    }

    @Override
    public synchronized Optional<FacePoints> search(byte[] rgb, int width, int height) {
        try (Mat bgr = bgr(rgb, width, height)) {
            return faces().search(bgr).map(mesh -> landmarks(rgb, width, height, mesh));
        }
    }

    @Override
    public synchronized Optional<FacePoints> follow(byte[] rgb, int width, int height, FacePoints previous) {
        FaceSquare seed = FaceSquare.around(previous, SCALE, SHIFT);
        byte[] crop = crop(rgb, width, height, seed);
        FacePoints inCrop = network().read(crop);
        FacePoints points = inCrop.moved(seed.toCrop(SIDE).inverted().rounded());
        return FacePlace.of(points).follows(FacePlace.of(previous), width, height) && confirmed(crop, inCrop)
                ? Optional.of(points)
                : Optional.empty();
    }

    /** The network looks twice: the first time at what the detector saw, then at what it was trained on, its own points. */
    private FacePoints landmarks(byte[] rgb, int width, int height, FaceMesh mesh) {
        FacePoints first = landmarks(rgb, width, height, points(mesh));
        return landmarks(rgb, width, height, first);
    }

    private FacePoints landmarks(byte[] rgb, int width, int height, FacePoints seed) {
        FaceSquare square = FaceSquare.around(seed, SCALE, SHIFT);
        return network()
                .read(crop(rgb, width, height, square))
                .moved(square.toCrop(SIDE).inverted().rounded());
    }

    private static byte[] crop(byte[] rgb, int width, int height, FaceSquare square) {
        return new AffineWarp(square.toCrop(SIDE), SIDE, SIDE, CHANNELS).apply(rgb, width, height);
    }

    /** Landmarks always lie somewhere; the model of the detector tells whether there is a face. */
    private boolean confirmed(byte[] crop, FacePoints inCrop) {
        FaceSquare square = FaceSquare.around(inCrop, SCALE, 0);
        try (Mat bgr = bgr(crop, SIDE, SIDE)) {
            return faces().confirms(bgr, square.centerX(), square.centerY(), square.side(), square.angle());
        }
    }

    private static FacePoints points(FaceMesh mesh) {
        float[] xy = new float[2 * FaceMesh.POINTS];
        for (int i = 0; i < FaceMesh.POINTS; i++) {
            xy[2 * i] = mesh.x(i);
            xy[2 * i + 1] = mesh.y(i);
        }
        return FacePoints.of(FloatTensor.of(xy, FaceMesh.POINTS, 2));
    }

    private static Mat bgr(byte[] rgb, int width, int height) {
        try (BytePointer pixels = new BytePointer(rgb);
                Mat picture = new Mat(height, width, CV_8UC3, pixels)) {
            Mat bgr = new Mat();
            cvtColor(picture, bgr, COLOR_RGB2BGR);
            return bgr;
        }
    }

    private FaceFinder faces() {
        requireOpen();
        if (faces == null) {
            faces = new FaceFinder();
        }
        return faces;
    }

    private LandmarkNetwork network() {
        requireOpen();
        if (network == null) {
            network = new LandmarkNetwork(file.get());
        }
        return network;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the landmark finder is closed");
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (faces != null) {
            faces.close();
        }
        if (network != null) {
            network.close();
        }
        faces = null;
        network = null;
    }
}
