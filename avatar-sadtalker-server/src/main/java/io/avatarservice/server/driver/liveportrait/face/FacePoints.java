package io.avatarservice.server.driver.liveportrait.face;

import io.avatarservice.server.torch.FloatTensor;
import java.util.List;
import java.util.Map;

/** Landmarks of one face in pixels: 203 of LivePortrait's own network, or 468, 106, 68 or 5 of others. */
public final class FacePoints {

    private static final Map<Integer, Parts> KNOWN = Map.of(
            468, new Parts(List.of(33, 133), List.of(362, 263), List.of(61, 291)),
            203, new Parts(List.of(0, 6, 12, 18), List.of(24, 30, 36, 42), List.of(48, 66)),
            106, new Parts(List.of(33, 35, 40, 39), List.of(87, 89, 94, 93), List.of(52, 61)),
            68, new Parts(List.of(36, 39), List.of(42, 45), List.of(48, 54)),
            5, new Parts(List.of(0), List.of(1), List.of(3, 4)));

    private final FloatTensor points;
    private final Parts parts;

    private FacePoints(FloatTensor points, Parts parts) {
        this.points = points;
        this.parts = parts;
    }

    /**
     * Landmarks as {@code [N,2]}, x and y of each.
     *
     * @throws IllegalArgumentException for another shape, or where N is none of 468, 203, 106, 68 and 5
     */
    public static FacePoints of(FloatTensor points) {
        points.requireShape("the landmarks", points.size(0), 2);
        Parts parts = KNOWN.get(points.size(0));
        if (parts == null) {
            throw new IllegalArgumentException("there are 468, 203, 106, 68 or 5 landmarks, not " + points.size(0));
        }
        return new FacePoints(points, parts);
    }

    /** As {@code [N,2]}. */
    public FloatTensor tensor() {
        return points;
    }

    /** The same landmarks elsewhere. In float32, as the reference does. */
    FacePoints moved(Affine map) {
        float[] moved = new float[2 * count()];
        for (int i = 0; i < count(); i++) {
            moved[2 * i] = x(i) * (float) map.a() + y(i) * (float) map.b() + (float) map.c();
            moved[2 * i + 1] = x(i) * (float) map.d() + y(i) * (float) map.e() + (float) map.f();
        }
        return new FacePoints(FloatTensor.of(moved, count(), 2), parts);
    }

    int count() {
        return points.size(0);
    }

    float x(int point) {
        return points.values()[2 * point];
    }

    float y(int point) {
        return points.values()[2 * point + 1];
    }

    /** The middle between the eyes. */
    Point eyes() {
        return mean(List.of(
                mean(parts.leftEye().stream().map(this::point).toList()),
                mean(parts.rightEye().stream().map(this::point).toList())));
    }

    /** The middle of the lips. */
    Point lips() {
        return mean(parts.lips().stream().map(this::point).toList());
    }

    Point center() {
        float x = 0;
        float y = 0;
        for (int i = 0; i < count(); i++) {
            x += x(i);
            y += y(i);
        }
        return new Point(x / count(), y / count());
    }

    private Point point(int index) {
        return new Point(x(index), y(index));
    }

    // In float32 and in the order of the points, as the reference adds.
    private static Point mean(List<Point> points) {
        float x = 0;
        float y = 0;
        for (Point point : points) {
            x += point.x();
            y += point.y();
        }
        return new Point(x / points.size(), y / points.size());
    }

    /** A position in pixels. */
    record Point(float x, float y) {}

    /** Which landmarks lie around the eyes and at the corners of the lips. */
    private record Parts(List<Integer> leftEye, List<Integer> rightEye, List<Integer> lips) {}
}
