package io.avatarservice.server.driver.preview.render;

/** Shapes of soft transitions. */
final class Smooth {

    private Smooth() {}

    /** 0 up to {@code from}, 1 beyond {@code to}, and between them a curve with no kink at either end. */
    static float step(float from, float to, float value) {
        float t = Math.max(0, Math.min(1, (value - from) / (to - from)));
        return t * t * (3 - 2 * t);
    }

    static float gauss(float value, float sigma) {
        float t = value / sigma;
        return (float) Math.exp(-0.5 * t * t);
    }

    /**
     * Reads a curve between its points; beyond its ends it stays level.
     *
     * @param x of the points, ascending or descending
     * @param values at the points
     */
    static float along(float[] x, float[] values, float atX) {
        int last = x.length - 1;
        boolean ascending = x[last] > x[0];
        for (int i = 1; i <= last; i++) {
            if (ascending ? atX <= x[i] : atX >= x[i]) {
                float width = x[i] - x[i - 1];
                float t = Math.abs(width) > 1e-6f ? Math.max(0, Math.min(1, (atX - x[i - 1]) / width)) : 0;
                return values[i - 1] + t * (values[i] - values[i - 1]);
            }
        }
        return values[last];
    }
}
