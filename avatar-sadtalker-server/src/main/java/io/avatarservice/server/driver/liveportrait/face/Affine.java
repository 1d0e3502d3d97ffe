package io.avatarservice.server.driver.liveportrait.face;

/**
 * A map of the plane: {@code (a·x + b·y + c, d·x + e·y + f)}. Pixels lie at whole numbers, (0, 0) is the middle of the upper
 * left one.
 */
public record Affine(double a, double b, double c, double d, double e, double f) {

    /** The opposite map, or the one to the origin where there is none. */
    public Affine inverted() {
        double determinant = a * e - b * d;
        double factor = determinant == 0 ? 0 : 1 / determinant;
        double p = e * factor;
        double q = -b * factor;
        double r = -d * factor;
        double s = a * factor;
        return new Affine(p, q, -p * c - q * f, r, s, -r * c - s * f);
    }

    /** The same with every number rounded to float32, as the reference keeps its matrices. */
    Affine rounded() {
        return new Affine((float) a, (float) b, (float) c, (float) d, (float) e, (float) f);
    }

    /** As a 3x3 matrix, row-major. */
    public float[] matrix() {
        return new float[] {(float) a, (float) b, (float) c, (float) d, (float) e, (float) f, 0, 0, 1};
    }
}
