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
}
