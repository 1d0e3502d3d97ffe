package io.avatarservice.server.driver.preview.motion;

/** Small pieces that the motions are made of; all of them have a continuous slope. */
final class Curves {

    private Curves() {}

    static double clamp(double value, double low, double high) {
        return Math.max(low, Math.min(high, value));
    }

    /** Eases from 0 at {@code from} to 1 at {@code to}. */
    static double smoothstep(double from, double to, double value) {
        double x = clamp((value - from) / (to - from), 0, 1);
        return x * x * (3 - 2 * x);
    }

    /** Keeps a value within {@code -limit..limit} without a corner. */
    static double softLimit(double value, double limit) {
        return limit * Math.tanh(value / limit);
    }

    /**
     * Scales a value in {@code -1..1} so that it stays there: a scale below 1 shrinks it, one above 1 lifts the small
     * values most.
     */
    static double express(double value, double scale) {
        if (scale <= 1) {
            return value * scale;
        }
        return Math.copySign(1 - Math.pow(1 - Math.min(1, Math.abs(value)), scale), value);
    }

    /** Adds a raised cosine to a curve: its peak {@code height} at {@code center}, nothing beyond half a width from it. */
    static void addBump(float[] curve, double center, double width, double height) {
        int from = (int) Math.max(0, Math.ceil(center - width / 2));
        int to = (int) Math.min(curve.length - 1, Math.floor(center + width / 2));
        for (int i = from; i <= to; i++) {
            curve[i] += (float) (height * (0.5 + 0.5 * Math.cos(2 * Math.PI * (i - center) / width)));
        }
    }

    /** Zero-phase smoothing with a raised cosine that reaches {@code radius} values to either side. */
    static float[] smooth(float[] curve, int radius) {
        double[] kernel = new double[2 * radius + 1];
        double sum = 0;
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 1) / (kernel.length + 1));
            sum += kernel[i];
        }
        float[] smoothed = new float[curve.length];
        for (int i = 0; i < curve.length; i++) {
            double value = 0;
            for (int k = Math.max(-radius, -i); k <= Math.min(radius, curve.length - 1 - i); k++) {
                value += kernel[k + radius] * curve[i + k];
            }
            smoothed[i] = (float) (value / sum);
        }
        return smoothed;
    }

    /** How far a frame may be from rest: 0 at the first and the last frame, 1 from {@code ramp} frames on inwards. */
    static double awayFromRest(int frame, int frames, int ramp) {
        int distance = Math.min(frame, frames - 1 - frame);
        return smoothstep(0, Math.max(1, Math.min(ramp, (frames - 1) / 2)), distance);
    }
}
