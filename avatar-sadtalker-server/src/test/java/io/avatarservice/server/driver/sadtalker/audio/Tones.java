package io.avatarservice.server.driver.sadtalker.audio;

/** Sounds to analyze. */
final class Tones {

    private Tones() {}

    static float[] sine(double amplitude, double hertz, int rate, int samples) {
        float[] tone = new float[samples];
        for (int i = 0; i < samples; i++) {
            tone[i] = (float) (amplitude * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return tone;
    }

    /** A second of 440 Hz with a little 3 kHz. */
    static float[] chord() {
        float[] chord = new float[16_000];
        for (int i = 0; i < chord.length; i++) {
            chord[i] = (float)
                    (0.5 * Math.sin(2 * Math.PI * 440 * i / 16_000) + 0.1 * Math.sin(2 * Math.PI * 3000 * i / 16_000));
        }
        return chord;
    }

    /** The same sound in small portions of changing size. */
    static SampleSource inPortions(float[] samples) {
        SampleSource whole = SampleSource.of(samples);
        int[] size = {1};
        return target -> {
            size[0] = size[0] % 997 + 13;
            float[] portion = new float[Math.min(size[0], target.length)];
            int count = whole.read(portion);
            System.arraycopy(portion, 0, target, 0, count);
            return count;
        };
    }

    static float[] readAll(SampleSource source, int expected) {
        float[] samples = new float[expected];
        float[] block = new float[1000];
        int total = 0;
        for (int count = source.read(block); count > 0; count = source.read(block)) {
            System.arraycopy(block, 0, samples, total, count);
            total += count;
        }
        return total == expected ? samples : new float[total];
    }
}
