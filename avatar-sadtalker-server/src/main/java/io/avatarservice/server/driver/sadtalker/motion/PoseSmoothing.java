package io.avatarservice.server.driver.sadtalker.motion;

import io.avatarservice.server.torch.FloatTensor;

/**
 * Smooths the head pose over half a second: each value is that of the parabola fitted to its neighbors (Savitzky &amp; Golay
 * 1964), as SciPy's {@code savgol_filter} does with a window of 13, degree 2 and ends interpolated.
 */
public final class PoseSmoothing {

    private static final int WINDOW = 13;

    private PoseSmoothing() {}

    /**
     * Smooths along time. A clip of fewer than 13 frames has the longest odd window below its length; one of up to two
     * frames stays as it is, where the reference fails.
     *
     * @param poses {@code [N,6]}
     * @return a new {@code [N,6]}
     */
    public static FloatTensor smooth(FloatTensor poses) {
        int frames = poses.size(0);
        int columns = poses.size(1);
        int window = frames < WINDOW ? Math.max(1, (frames - 1) / 2 * 2 + 1) : WINDOW;
        double[][] weights = weights(window);
        float[] smoothed = new float[poses.values().length];
        for (int frame = 0; frame < frames; frame++) {
            int from = Math.max(0, Math.min(frames - window, frame - window / 2));
            double[] kernel = weights[frame - from];
            for (int column = 0; column < columns; column++) {
                double sum = 0;
                for (int i = 0; i < window; i++) {
                    sum += kernel[i] * poses.values()[(from + i) * columns + column];
                }
                smoothed[frame * columns + column] = (float) sum;
            }
        }
        return FloatTensor.of(smoothed, frames, columns);
    }

    /** What each value of a window weighs in the fitted parabola's value at each place of the window. */
    private static double[][] weights(int window) {
        double[][] weights = new double[window][window];
        if (window < 3) {
            for (int place = 0; place < window; place++) {
                weights[place][place] = 1;
            }
            return weights;
        }
        double squares = 0;
        int half = window / 2;
        for (int x = -half; x <= half; x++) {
            squares += x * x;
        }
        double mean = squares / window;
        double bends = 0;
        for (int x = -half; x <= half; x++) {
            bends += (x * x - mean) * (x * x - mean);
        }
        for (int place = -half; place <= half; place++) {
            for (int x = -half; x <= half; x++) {
                weights[place + half][x + half] =
                        1.0 / window + place * x / squares + (place * place - mean) * (x * x - mean) / bends;
            }
        }
        return weights;
    }
}
