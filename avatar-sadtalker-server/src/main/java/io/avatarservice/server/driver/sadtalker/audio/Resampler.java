package io.avatarservice.server.driver.sadtalker.audio;

import java.util.Arrays;

/**
 * Brings sound to 16 kHz block by block, with the numbers that librosa 0.9.2 gets from resampy 0.3.1 ({@code kaiser_best}),
 * whose sums are float32. Outputs that lie alike between two source samples share their filter, and are computed
 * together. Holds about 3 MB for the filter and two seconds of sound. For one thread.
 */
public final class Resampler implements SampleSource {

    /** Samples per second that SadTalker's audio networks are made for. */
    public static final int RATE = 16_000;

    private static final int HIGHEST_RATE = 1_000_000;

    /** Outputs computed together: few enough that their inputs stay in the first-level cache. */
    private static final int RUN = 256;

    /** Source samples by which positions may differ and still share a filter; far above rounding, far below notice. */
    private static final double ALIKE = 1e-8;

    private final SampleSource source;
    private final int phases;
    private final int stride;
    private final double ratio;
    private final double timeStep;
    private final float scale;
    private final int tableStep;
    private final int wing;
    private final double[] table;
    private final double[] weights;
    private final float[] sums = new float[RUN];

    /** Source samples from index {@code firstInput}; zeros stand for what is before the first and after the last. */
    private final float[] input;

    private long firstInput;
    private int inputLimit;
    private long received;
    private boolean ended;
    private final float[] block;

    private final float[] output = new float[RATE];
    private long produced;
    private int position;
    private int limit;

    private Resampler(SampleSource source, int sourceRate) {
        this.source = source;
        int divisor = greatestCommonDivisor(RATE, sourceRate);
        phases = RATE / divisor;
        stride = sourceRate / divisor;
        ratio = (double) RATE / sourceRate;
        timeStep = 1 / ratio;
        scale = (float) Math.min(1, ratio);
        tableStep = (int) ((double) scale * KaiserSinc.PRECISION);
        wing = KaiserSinc.LENGTH / tableStep + 1;
        table = KaiserSinc.table(Math.min(1, ratio));
        weights = new double[wing];
        block = new float[sourceRate];
        input = new float[2 * sourceRate + 4 * wing];
        firstInput = -wing;
        inputLimit = wing;
    }

    /**
     * The same sound at {@link #RATE}.
     *
     * @param source mono sound at {@code sourceRate}
     * @param sourceRate samples per second, 1 to 1 000 000
     * @return a source of {@code ceil(n * 16000 / sourceRate)} samples; {@code source} itself where the rates are equal
     */
    public static SampleSource resample(SampleSource source, int sourceRate) {
        if (sourceRate < 1 || sourceRate > HIGHEST_RATE) {
            throw new IllegalArgumentException(
                    "the sample rate must be between 1 and %d Hz, got %d".formatted(HIGHEST_RATE, sourceRate));
        }
        return sourceRate == RATE ? source : new Resampler(source, sourceRate);
    }

    @Override
    public int read(float[] target) {
        while (position == limit) {
            if (!fill()) {
                return 0;
            }
        }
        int count = Math.min(target.length, limit - position);
        System.arraycopy(output, position, target, 0, count);
        position += count;
        return count;
    }

    /** Computes the next block of output; false at the end. */
    private boolean fill() {
        while (!ended && computable() == 0) {
            readInput();
        }
        position = 0;
        limit = computable();
        if (limit > 0) {
            compute();
            produced += limit;
            return true;
        }
        // librosa rounds the length up and fills with silence; resampy rounds it down.
        limit = (int) ((long) Math.ceil(received * ratio) - produced);
        Arrays.fill(output, 0, limit, 0);
        produced += limit;
        return limit > 0;
    }

    /** How many outputs the input at hand suffices for. */
    private int computable() {
        long last = ended ? (long) (received * ratio) : (long) ((received - wing - 1) / timeStep);
        return (int) Math.max(0, Math.min(output.length, last - produced));
    }

    private void readInput() {
        int keep = (int) Math.max(0, (long) (produced * timeStep) - wing - firstInput);
        System.arraycopy(input, keep, input, 0, inputLimit - keep);
        inputLimit -= keep;
        firstInput += keep;
        int count = source.read(block);
        if (count > 0) {
            System.arraycopy(block, 0, input, inputLimit, count);
            inputLimit += count;
            received += count;
        } else {
            Arrays.fill(input, inputLimit, inputLimit + wing + 1, 0);
            inputLimit += wing + 1;
            ended = true;
        }
    }

    private void compute() {
        for (int phase = 0; phase < Math.min(phases, limit); phase++) {
            for (int at = phase; at < limit; ) {
                at += computeRun(at) * phases;
            }
        }
    }

    /** Computes outputs that are {@code phases} apart, from one on, as long as they lie alike. */
    private int computeRun(int at) {
        double time = (produced + at) * timeStep;
        long sample = (long) time;
        double fraction = time - sample;
        int run = 1;
        while (run < RUN && at + run * phases < limit) {
            double other = (produced + at + (long) run * phases) * timeStep - sample - (long) run * stride;
            if (other < 0 || Math.abs(other - fraction) > ALIKE) {
                break;
            }
            run++;
        }
        double from = scale * fraction;
        int center = (int) (sample - firstInput);
        Arrays.fill(sums, 0, run, 0);
        accumulate(interpolate(from), center, -1, run);
        accumulate(interpolate(scale - from), center + 1, 1, run);
        for (int i = 0; i < run; i++) {
            output[at + i * phases] = sums[i];
        }
        return run;
    }

    /** Interpolates the weights of one side of the filter in the table; returns how many there are. */
    private int interpolate(double from) {
        double index = from * KaiserSinc.PRECISION;
        int offset = (int) index;
        double between = index - offset;
        int count = (KaiserSinc.LENGTH - offset) / tableStep;
        for (int i = 0; i < count; i++) {
            int entry = offset + i * tableStep;
            weights[i] = table[entry] + between * (table[entry + 1] - table[entry]);
        }
        return count;
    }

    private void accumulate(int count, int start, int direction, int run) {
        for (int tap = 0; tap < count; tap++) {
            double weight = weights[tap];
            int at = start + direction * tap;
            for (int i = 0; i < run; i++) {
                sums[i] = (float) (sums[i] + weight * input[at + i * stride]);
            }
        }
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
