package io.avatarservice.server.driver.face;

import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_dnn.blobFromImage;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_core.StringVector;
import org.bytedeco.opencv.opencv_dnn.Net;

/**
 * MediaPipe's BlazeFace, short range: 128×128 RGB in -1..1, 896 anchors. It sees faces that fill roughly a fifth of its
 * view or more, so a picture where the whole view shows none is searched again in overlapping tiles.
 *
 * <p>Anchors (MediaPipe {@code face_detection_short_range}): a 16×16 grid with 2 and an 8×8 grid with 6 anchors at each
 * cell's center; box and keypoints are offsets from the center in input pixels. Not thread-safe.
 */
final class FaceDetector implements AutoCloseable {

    private static final int INPUT = 128;
    private static final int VALUES = 16;
    private static final float MIN_SCORE = 0.5f;
    private static final float SAME_FACE_OVERLAP = 0.3f;
    /** Tiles per side in each search round; tiles overlap by half. */
    private static final int[] ROUNDS = {1, 3, 5};

    private final Net net;
    private final float[] anchors = anchors();

    FaceDetector(Net net) {
        this.net = net;
    }

    /** The faces of the first search round that shows any, best first; empty where none does. */
    List<DetectedFace> detect(Mat bgr) {
        for (int tiles : ROUNDS) {
            List<DetectedFace> found = suppressOverlaps(search(bgr, tiles));
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /** What {@link #detect} tries, for the message when it finds nothing. */
    static String description() {
        return "the whole picture, then up to %d and %d overlapping tiles"
                .formatted(ROUNDS[1] * ROUNDS[1], ROUNDS[2] * ROUNDS[2]);
    }

    private List<DetectedFace> search(Mat bgr, int tiles) {
        List<DetectedFace> found = new ArrayList<>();
        // n tiles that overlap by half span (n + 1) / 2 tile lengths.
        int tile = tiles == 1
                ? Math.max(bgr.cols(), bgr.rows())
                : Math.max(INPUT, Math.max(bgr.cols(), bgr.rows()) * 2 / (tiles + 1));
        int step = Math.max(1, tile / 2);
        for (int y = 0; y == 0 || y + tile / 2 < bgr.rows(); y += step) {
            for (int x = 0; x == 0 || x + tile / 2 < bgr.cols(); x += step) {
                detectIn(
                        bgr,
                        new Rect(x, y, Math.min(tile, bgr.cols() - x), Math.min(tile, bgr.rows() - y)),
                        tile,
                        found);
            }
        }
        return found;
    }

    private void detectIn(Mat bgr, Rect view, int side, List<DetectedFace> found) {
        try (PointerScope scope = new PointerScope()) {
            float scale = (float) INPUT / side;
            Mat square = new Mat(INPUT, INPUT, bgr.type(), Scalar.all(0));
            int width = Math.max(1, Math.round(view.width() * scale));
            int height = Math.max(1, Math.round(view.height() * scale));
            resize(
                    bgr.apply(view),
                    square.apply(new Rect(0, 0, width, height)),
                    new Size(width, height),
                    0,
                    0,
                    scale < 1 ? INTER_AREA : INTER_LINEAR);
            net.setInput(
                    blobFromImage(square, 1 / 127.5, new Size(INPUT, INPUT), Scalar.all(127.5), true, false, CV_32F));
            MatVector outputs = new MatVector();
            net.forward(outputs, new StringVector("classificators", "regressors"));
            FloatIndexer scores = outputs.get(0).reshape(1, anchors.length / 2).createIndexer();
            FloatIndexer boxes = outputs.get(1).reshape(1, anchors.length / 2).createIndexer();
            for (int i = 0; i < anchors.length / 2; i++) {
                float score = (float) (1 / (1 + Math.exp(-scores.get(i, 0))));
                if (score >= MIN_SCORE) {
                    found.add(decode(boxes, i, score, side, view));
                }
            }
        }
    }

    private DetectedFace decode(FloatIndexer boxes, int i, float score, int side, Rect view) {
        float[] v = new float[VALUES];
        for (int k = 0; k < VALUES; k++) {
            v[k] = boxes.get(i, k) / INPUT;
        }
        float ax = anchors[2 * i];
        float ay = anchors[2 * i + 1];
        float width = v[2] * side;
        float height = v[3] * side;
        return new DetectedFace(
                score,
                view.x() + (ax + v[0]) * side - width / 2,
                view.y() + (ay + v[1]) * side - height / 2,
                width,
                height,
                view.x() + (ax + v[4]) * side,
                view.y() + (ay + v[5]) * side,
                view.x() + (ax + v[6]) * side,
                view.y() + (ay + v[7]) * side);
    }

    private static List<DetectedFace> suppressOverlaps(List<DetectedFace> faces) {
        List<DetectedFace> kept = new ArrayList<>();
        faces.stream()
                .sorted(Comparator.comparingDouble(DetectedFace::score).reversed())
                .filter(face -> face.width() > 0 && face.height() > 0)
                .forEach(face -> {
                    if (kept.stream().noneMatch(other -> face.overlap(other) > SAME_FACE_OVERLAP)) {
                        kept.add(face);
                    }
                });
        return kept;
    }

    private static float[] anchors() {
        float[] anchors = new float[2 * (16 * 16 * 2 + 8 * 8 * 6)];
        int i = 0;
        for (int[] layer : new int[][] {{16, 2}, {8, 6}}) {
            int grid = layer[0];
            for (int cell = 0; cell < grid * grid; cell++) {
                for (int n = 0; n < layer[1]; n++) {
                    anchors[i++] = (cell % grid + 0.5f) / grid;
                    anchors[i++] = (cell / grid + 0.5f) / grid;
                }
            }
        }
        return anchors;
    }

    @Override
    public void close() {
        net.close();
    }
}
