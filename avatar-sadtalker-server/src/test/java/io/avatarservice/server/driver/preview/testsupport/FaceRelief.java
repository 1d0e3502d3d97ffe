package io.avatarservice.server.driver.preview.testsupport;

/** The face as a landscape: how far its surface stands out towards the camera, in millimeters. */
final class FaceRelief {

    private static final double DEPTH = 78;

    private final PortraitSpec spec;
    private final FaceGeometry geometry;

    FaceRelief(PortraitSpec spec, FaceGeometry geometry) {
        this.spec = spec;
        this.geometry = geometry;
    }

    double height(double x, double y) {
        double side = Math.abs(x);
        return skull(side, y) + nose(side, y) + eyes(side, y) + mouth(x, side, y);
    }

    private double skull(double side, double y) {
        double u = side / (geometry.halfWidth() * 1.06);
        double v = y < 0 ? y / (FaceGeometry.CROWN * 1.05) : y / (geometry.chin() * 1.12);
        // A box with round edges rather than a ball: foreheads and cheeks are flat in front.
        double r = Math.pow(u, 2.6) + Math.pow(v, 4) * 0.9;
        return DEPTH * Math.sqrt(Math.max(0.02, 1 - r))
                + bump(side - 36, y - geometry.chin() * 0.3, 17, 15, 5)
                + bump(side, y - geometry.chin() * 0.9, 13, 9, 5)
                + bump(side - 22, y + spec.brows().height() - 2, 18, 6, 2.5);
    }

    private double nose(double side, double y) {
        double length = spec.nose().length();
        double t = Math.max(0, Math.min(1, (y + 8) / (length + 4)));
        double ridge = 4 + 9 * t * t;
        double end = 1 / (1 + Math.exp((y - length + 5) / 2.4));
        double start = 1 / (1 + Math.exp(-(y + 10) / 4));
        double wide = 4.6 + 2.2 * t;
        double wings = spec.nose().width() / 2 - 5.5;
        return ridge * end * start * Math.exp(-side * side / (2 * wide * wide))
                + ball(side, y - length + 8, 11, 7.5)
                + ball(side - wings, y - length + 6, 6.5, 3.8);
    }

    /** A bump that ends at its radius, with a rim to be seen. */
    private static double ball(double x, double y, double radius, double height) {
        double r = (x * x + y * y) / (radius * radius);
        return r >= 1 ? 0 : height * Math.pow(1 - r, 1.3);
    }

    private double eyes(double side, double y) {
        double x = side - spec.eyes().distance() / 2;
        return bump(x + 3, y + 5, 15, 8, -7.5)
                + bump(x, y, 10.5, 7.5, 6)
                + bump(x + 4, y - 10, 9, 3.5, -1.2 - 1.8 * spec.skin().age());
    }

    private double mouth(double x, double side, double y) {
        double top = geometry.upperLipEdge().getY();
        double bottom = geometry.lowerLipEdge().getY();
        double w = spec.mouth().width() / 2;
        double spread = w * 0.5;
        double fold = 19 + (y - spec.nose().length()) * 0.42;
        double folds = y < spec.nose().length() - 6 || y > top + 6
                ? 0
                : (0.8 + 2.2 * spec.skin().age() + 0.25 * geometry.smile())
                        * Math.sin(Math.PI
                                * (y - spec.nose().length() + 6)
                                / (top + 12 - spec.nose().length()));
        return bump(side, y - (top + bottom) / 2, w * 0.95, 17, 5)
                + bump(side, y - top + spec.mouth().upper() * 0.45, spread, 3.2, 2.2)
                + bump(side, y - bottom - spec.mouth().lower() * 0.5, spread, 3.6, 3.2)
                + bump(side, y - bottom - spec.mouth().lower() - 4.5, 13, 3.4, -2.6)
                + bump(x, y - (spec.nose().length() + top - spec.mouth().upper()) / 2, 2.3, 5, -1.1)
                + bump(side - w - 2.5, y - geometry.mouthCorner(1).getY(), 3.2, 3.6, -1.8)
                - folds * Math.exp(-(side - fold) * (side - fold) / 14);
    }

    private static double bump(double x, double y, double sigmaX, double sigmaY, double height) {
        return height * Math.exp(-(x * x) / (2 * sigmaX * sigmaX) - (y * y) / (2 * sigmaY * sigmaY));
    }
}
