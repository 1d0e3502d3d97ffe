package io.avatarservice.server.driver.sadtalker.face;

import io.avatarservice.server.driver.picture.Size;
import io.avatarservice.server.driver.sadtalker.face.Anchors.Anchor;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.torch.FloatTensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The faces that RetinaFace found in one picture, best first.
 *
 * @param boxes {@code [n, 15]}: left, top, right, bottom, score, then x and y of the eyes, the nose and the corners of
 *     the mouth; pixels, not kept inside the picture
 * @param bestScore the highest score of all anchors, whether it was enough or not; 0..1
 * @param scoreThreshold what a score had to exceed
 */
public record FaceDetections(FloatTensor boxes, float bestScore, double scoreThreshold) {

    /** What a score must exceed in SadTalker. */
    public static final double SCORE_THRESHOLD = 0.97;

    private static final double OVERLAP_THRESHOLD = 0.4;
    private static final float CENTER_VARIANCE = 0.1f;
    private static final float SIZE_VARIANCE = 0.2f;

    private static final int ROW = 15;
    private static final int POINTS = 5;

    /**
     * Decodes the network's outputs for one picture.
     *
     * @param loc {@code [1, P, 4]}
     * @param conf {@code [1, P, 2]} after softmax, the face's score second
     * @param landmarks {@code [1, P, 10]}
     * @param picture the size of the network's input
     * @param scoreThreshold what a score must exceed, 0..1; {@link #SCORE_THRESHOLD} for SadTalker
     * @throws IllegalArgumentException if a shape does not fit the picture
     */
    public static FaceDetections of(
            FloatTensor loc, FloatTensor conf, FloatTensor landmarks, Size picture, double scoreThreshold) {
        Anchors anchors = new Anchors(picture);
        int count = anchors.count();
        check("loc", loc, count, 4);
        check("conf", conf, count, 2);
        check("landmarks", landmarks, count, 2 * POINTS);

        float[] scores = conf.values();
        float threshold = (float) scoreThreshold;
        float best = 0;
        List<Integer> candidates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float score = scores[2 * i + 1];
            if (score > best) {
                best = score;
            }
            if (score > threshold) {
                candidates.add(i);
            }
        }
        // of equal scores the later anchor comes first: the reference sorts upwards, then reverses
        candidates.sort(Comparator.<Integer>comparingDouble(i -> scores[2 * i + 1])
                .thenComparingInt(i -> i)
                .reversed());
        List<float[]> rows = withoutOverlaps(candidates.stream()
                .map(i -> row(anchors.anchor(i), i, loc.values(), scores[2 * i + 1], landmarks.values(), picture))
                .toList());
        return new FaceDetections(tensor(rows), best, scoreThreshold);
    }

    /** How many faces were found. */
    public int count() {
        return boxes.size(0);
    }

    /** The face at {@code index}, best first. */
    public DetectedFace face(int index) {
        float[] values = boxes.values();
        int at = index * ROW;
        return new DetectedFace(values[at], values[at + 1], values[at + 2], values[at + 3], values[at + 4]);
    }

    /** The face with the highest score of those that show in the picture; SadTalker takes no other. */
    public Optional<DetectedFace> best(Size picture) {
        return IntStream.range(0, count())
                .mapToObj(this::face)
                .filter(face -> !face.box(picture).isEmpty())
                .findFirst();
    }

    /**
     * As {@link #best(Size)}.
     *
     * @param where the picture in words, such as {@code the picture}, for the message
     * @throws ProblemException {@code FACE_NOT_FOUND} with the scores
     */
    public DetectedFace bestOrThrow(Size picture, String where) {
        return best(picture)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.FACE_NOT_FOUND,
                        "image",
                        String.format(
                                Locale.ROOT,
                                "no face was found in %s: the best score is %.3f, it must be above %.2f",
                                where,
                                bestScore,
                                scoreThreshold)));
    }

    private static float[] row(Anchor anchor, int index, float[] loc, float score, float[] landmarks, Size picture) {
        float[] row = new float[ROW];
        int at = 4 * index;
        float width = anchor.width() * (float) Math.exp(loc[at + 2] * SIZE_VARIANCE);
        float height = anchor.height() * (float) Math.exp(loc[at + 3] * SIZE_VARIANCE);
        float left = anchor.x() + loc[at] * CENTER_VARIANCE * anchor.width() - width / 2;
        float top = anchor.y() + loc[at + 1] * CENTER_VARIANCE * anchor.height() - height / 2;
        row[0] = left * picture.width();
        row[1] = top * picture.height();
        row[2] = (width + left) * picture.width();
        row[3] = (height + top) * picture.height();
        row[4] = score;
        for (int point = 0; point < POINTS; point++) {
            int from = 2 * (POINTS * index + point);
            row[5 + 2 * point] = (anchor.x() + landmarks[from] * CENTER_VARIANCE * anchor.width()) * picture.width();
            row[6 + 2 * point] =
                    (anchor.y() + landmarks[from + 1] * CENTER_VARIANCE * anchor.height()) * picture.height();
        }
        return row;
    }

    /** Greedy suppression: a box goes if it covers a better one by more than the threshold. */
    private static List<float[]> withoutOverlaps(List<float[]> rows) {
        List<float[]> kept = new ArrayList<>();
        for (float[] row : rows) {
            if (!covers(kept, row)) {
                kept.add(row);
            }
        }
        return kept;
    }

    private static boolean covers(List<float[]> kept, float[] row) {
        for (float[] better : kept) {
            if (overlap(better, row) > OVERLAP_THRESHOLD) {
                return true;
            }
        }
        return false;
    }

    /** Intersection over union. */
    private static float overlap(float[] a, float[] b) {
        float width = Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0]));
        float height = Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));
        float shared = width * height;
        return shared / (area(a) + area(b) - shared);
    }

    private static float area(float[] row) {
        return (row[2] - row[0]) * (row[3] - row[1]);
    }

    private static FloatTensor tensor(List<float[]> rows) {
        float[] values = new float[rows.size() * ROW];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, values, i * ROW, ROW);
        }
        return FloatTensor.of(values, rows.size(), ROW);
    }

    private static void check(String name, FloatTensor tensor, long anchors, long values) {
        List<Long> expected = List.of(1L, anchors, values);
        if (!tensor.shape().equals(expected)) {
            throw new IllegalArgumentException(
                    "%s must have the shape %s, not %s".formatted(name, expected, tensor.shape()));
        }
    }
}
