package io.avatarservice.server.driver.preview.testsupport;

import io.avatarservice.server.driver.preview.testsupport.PortraitSpec.Expression;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;

/**
 * Contours of a face in millimeters: the origin is between the pupils, x to the viewer's right, y down. Proportions
 * follow common anthropometric means (pupils 62 apart, eye line to chin 115).
 */
final class FaceGeometry {

    /** Height of the skull above the eye line. */
    static final double CROWN = -104;

    private static final double MOUTH_LEVEL = 0.635;

    private final PortraitSpec spec;

    FaceGeometry(PortraitSpec spec) {
        this.spec = spec;
    }

    /** From millimeters of the face to pixels of the picture. */
    AffineTransform toPicture() {
        PortraitSpec.Placement place = spec.placement();
        AffineTransform transform =
                AffineTransform.getTranslateInstance(place.x() * spec.width(), place.y() * spec.height());
        transform.rotate(Math.toRadians(place.roll()));
        transform.scale(place.scale(), place.scale());
        return transform;
    }

    double halfWidth() {
        return spec.face().width() / 2;
    }

    double chin() {
        return spec.face().length();
    }

    double mouthY() {
        return MOUTH_LEVEL * spec.face().length();
    }

    /** Skull and jaw, without ears and hair. */
    Shape outline() {
        double w = halfWidth();
        double chin = chin();
        double jaw = w * spec.face().jaw();
        double[][] right = {
            {0, CROWN},
            {w * 0.53, CROWN * 0.88},
            {w * 0.88, CROWN * 0.58},
            {w * 0.99, CROWN * 0.28},
            {w, chin * 0.1},
            {w * 0.95, chin * 0.4},
            {jaw, chin * 0.68},
            {jaw * 0.7, chin * 0.88},
            {jaw * 0.34, chin * 0.985},
            {0, chin}
        };
        double[][] all = new double[2 * right.length - 2][];
        for (int i = 0; i < right.length; i++) {
            all[i] = right[i];
            if (i > 0 && i < right.length - 1) {
                all[all.length - i] = new double[] {-right[i][0], right[i][1]};
            }
        }
        return smooth(all);
    }

    Shape ear(int side) {
        double w = halfWidth();
        double nose = spec.nose().length();
        double[][] points = {
            {w - 3, -2}, {w + 4, -8}, {w + 9, -3}, {w + 8, nose * 0.45}, {w + 3, nose * 0.95}, {w - 3, nose}
        };
        for (double[] point : points) {
            point[0] *= side;
        }
        return smooth(points);
    }

    double eyeX(int side) {
        return side * spec.eyes().distance() / 2;
    }

    Point2D eyeInner(int side) {
        return new Point2D.Double(eyeX(side) - side * spec.eyes().width() / 2, 1.2);
    }

    Point2D eyeOuter(int side) {
        return new Point2D.Double(eyeX(side) + side * spec.eyes().width() / 2, -1.2);
    }

    /** Opening between the lids. */
    Shape eye(int side) {
        Path2D path = upperLid(side, 0);
        Point2D in = eyeInner(side);
        Point2D out = eyeOuter(side);
        double low = spec.eyes().opening() * 0.42 / 0.75;
        double w = spec.eyes().width();
        path.curveTo(out.getX() - side * 0.2 * w, low, in.getX() + side * 0.34 * w, low + 0.6, in.getX(), in.getY());
        path.closePath();
        return path;
    }

    /**
     * Edge of the upper lid, from the inner to the outer corner.
     *
     * @param lift how far above the edge, for the crease
     */
    Path2D upperLid(int side, double lift) {
        Point2D in = eyeInner(side);
        Point2D out = eyeOuter(side);
        double high = spec.eyes().opening() * 0.58 / 0.75 + lift;
        double w = spec.eyes().width();
        Path2D path = new Path2D.Double();
        path.moveTo(in.getX(), in.getY() - lift * 0.35);
        path.curveTo(
                in.getX() + side * 0.22 * w,
                -high,
                out.getX() - side * 0.28 * w,
                -high,
                out.getX(),
                out.getY() - lift * 0.55);
        return path;
    }

    Path2D lowerLid(int side, double drop) {
        Point2D in = eyeInner(side);
        Point2D out = eyeOuter(side);
        double low = spec.eyes().opening() * 0.42 / 0.75 + drop;
        double w = spec.eyes().width();
        Path2D path = new Path2D.Double();
        path.moveTo(in.getX(), in.getY() + drop * 0.3);
        path.curveTo(
                in.getX() + side * 0.34 * w,
                low + 0.6,
                out.getX() - side * 0.2 * w,
                low,
                out.getX(),
                out.getY() + drop * 0.3);
        return path;
    }

    /** How far the corners of the mouth rise. */
    double smile() {
        return switch (spec.mouth().expression()) {
            case CLOSED -> 0;
            case SLIGHT_SMILE -> 2.2;
            case OPEN_SMILE -> 5;
        };
    }

    /** Height of the opening between the lips. */
    double gap() {
        return spec.mouth().expression() == Expression.OPEN_SMILE ? 9 : 0;
    }

    Point2D mouthCorner(int side) {
        return new Point2D.Double(side * spec.mouth().width() / 2, mouthY() - smile());
    }

    Point2D upperLipEdge() {
        return new Point2D.Double(0, mouthY() + (gap() > 0 ? -1.5 : 0.6));
    }

    Point2D lowerLipEdge() {
        return new Point2D.Double(0, upperLipEdge().getY() + gap());
    }

    /** Outer contour of both lips. */
    Shape lips() {
        double y = mouthY();
        double w = spec.mouth().width() / 2;
        double corner = y - smile();
        double top = upperLipEdge().getY() - spec.mouth().upper();
        double bottom = lowerLipEdge().getY() + spec.mouth().lower();
        Path2D path = new Path2D.Double();
        path.moveTo(-w, corner);
        path.curveTo(-w * 0.7, corner - 1.5, -w * 0.42, top, -w * 0.2, top);
        path.quadTo(-w * 0.08, top, 0, top + 1.5);
        path.quadTo(w * 0.08, top, w * 0.2, top);
        path.curveTo(w * 0.42, top, w * 0.7, corner - 1.5, w, corner);
        path.curveTo(w * 0.72, bottom - 1.5 - smile() * 0.25, w * 0.45, bottom, 0, bottom);
        path.curveTo(-w * 0.45, bottom, -w * 0.72, bottom - 1.5 - smile() * 0.25, -w, corner);
        path.closePath();
        return path;
    }

    /** Edge of the upper lip, from the left to the right corner: the meeting line of a closed mouth. */
    Path2D upperEdge() {
        double w = spec.mouth().width() / 2;
        double corner = mouthY() - smile();
        double middle = upperLipEdge().getY();
        Path2D path = new Path2D.Double();
        path.moveTo(-w, corner);
        path.curveTo(-w * 0.6, corner + smile() * 0.55 - 0.4, -w * 0.3, middle - 1.0, -w * 0.12, middle - 0.3);
        path.quadTo(0, middle + 0.6, w * 0.12, middle - 0.3);
        path.curveTo(w * 0.3, middle - 1.0, w * 0.6, corner + smile() * 0.55 - 0.4, w, corner);
        return path;
    }

    /** The opening between the lips; empty where they touch. */
    Path2D opening() {
        Path2D path = upperEdge();
        double w = spec.mouth().width() / 2;
        double bottom = lowerLipEdge().getY();
        path.curveTo(w * 0.74, bottom - 2.2, w * 0.42, bottom, 0, bottom);
        path.curveTo(-w * 0.42, bottom, -w * 0.74, bottom - 2.2, -w, mouthY() - smile());
        path.closePath();
        return path;
    }

    FacialLandmarks landmarks() {
        return new FacialLandmarks(
                pixel(eyeOuter(-1)),
                pixel(eyeInner(-1)),
                pixel(eyeInner(1)),
                pixel(eyeOuter(1)),
                pixel(mouthCorner(-1)),
                pixel(mouthCorner(1)),
                pixel(upperLipEdge()),
                pixel(lowerLipEdge()),
                pixel(new Point2D.Double(0, chin())),
                spec.eyes().distance() * spec.placement().scale());
    }

    private Point2D pixel(Point2D millimeters) {
        return toPicture().transform(millimeters, null);
    }

    /** A closed Catmull-Rom spline. */
    static Path2D smooth(double[]... points) {
        int n = points.length;
        Path2D path = new Path2D.Double();
        path.moveTo(points[0][0], points[0][1]);
        for (int i = 0; i < n; i++) {
            double[] before = points[(i + n - 1) % n];
            double[] from = points[i];
            double[] to = points[(i + 1) % n];
            double[] after = points[(i + 2) % n];
            path.curveTo(
                    from[0] + (to[0] - before[0]) / 6,
                    from[1] + (to[1] - before[1]) / 6,
                    to[0] - (after[0] - from[0]) / 6,
                    to[1] - (after[1] - from[1]) / 6,
                    to[0],
                    to[1]);
        }
        path.closePath();
        return path;
    }
}
