package io.avatarservice.server.driver.preview.motion;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** Plans motions and measures them. */
public final class Motions {

    static final MotionOptions DEFAULTS = new MotionOptions(7, true, false, 1);

    private Motions() {}

    static MotionTrack of(float[] sound) {
        return of(sound, DEFAULTS);
    }

    static MotionTrack of(float[] sound, MotionOptions options) {
        return new SpeechMotion().plan(source(sound, Integer.MAX_VALUE), sound.length, options);
    }

    /** A source that yields at most {@code chunk} samples at a time. */
    static SampleSource source(float[] sound, int chunk) {
        return new SampleSource() {
            private int position;

            @Override
            public int read(float[] buffer) {
                int length = Math.min(Math.min(chunk, buffer.length), sound.length - position);
                if (length == 0) {
                    return -1;
                }
                System.arraycopy(sound, position, buffer, 0, length);
                position += length;
                return length;
            }
        };
    }

    public static double[] values(MotionTrack track, ToDoubleFunction<MotionFrame> channel) {
        double[] values = new double[track.frameCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = channel.applyAsDouble(track.at(i));
        }
        return values;
    }

    /** Root mean square of each frame's 40 ms. */
    public static double[] loudness(float[] sound, int frames) {
        double[] loudness = new double[frames];
        for (int i = 0; i < frames; i++) {
            double sum = 0;
            for (int k = 640 * i; k < Math.min(sound.length, 640 * (i + 1)); k++) {
                sum += sound[k] * sound[k];
            }
            loudness[i] = Math.sqrt(sum / 640);
        }
        return loudness;
    }

    public static double mean(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum / (to - from);
    }

    public static double max(double[] values, int from, int to) {
        double max = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            max = Math.max(max, values[i]);
        }
        return max;
    }

    public static double deviation(double[] values) {
        double mean = mean(values, 0, values.length);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / values.length);
    }

    /** The largest change from one frame to the next. */
    public static double largestStep(double[] values) {
        double largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = Math.max(largest, Math.abs(values[i] - values[i - 1]));
        }
        return largest;
    }

    /** Pearson correlation of {@code leader[i]} with {@code follower[i + lag]}. */
    public static double correlation(double[] leader, double[] follower, int lag) {
        int from = Math.max(0, -lag);
        int to = Math.min(leader.length, follower.length - lag);
        double[] a = Arrays.copyOfRange(leader, from, to);
        double[] b = Arrays.copyOfRange(follower, from + lag, to + lag);
        double meanA = mean(a, 0, a.length);
        double meanB = mean(b, 0, b.length);
        double product = 0;
        for (int i = 0; i < a.length; i++) {
            product += (a[i] - meanA) * (b[i] - meanB);
        }
        return product / (a.length * deviation(a) * deviation(b));
    }

    /** The lag in frames, between -5 and 10, at which two curves agree most. */
    public static int bestLag(double[] leader, double[] follower) {
        int best = -5;
        for (int lag = -5; lag <= 10; lag++) {
            if (correlation(leader, follower, lag) > correlation(leader, follower, best)) {
                best = lag;
            }
        }
        return best;
    }

    /** How often a curve rises above a level. */
    public static int crossings(double[] values, double level) {
        int crossings = 0;
        for (int i = 1; i < values.length; i++) {
            crossings += values[i - 1] < level && values[i] >= level ? 1 : 0;
        }
        return crossings;
    }
}
