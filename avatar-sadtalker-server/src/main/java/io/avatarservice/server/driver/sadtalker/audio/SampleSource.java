package io.avatarservice.server.driver.sadtalker.audio;

/** A sound that is read once, from its beginning to its end: mono, samples in {@code -1..1}. */
@FunctionalInterface
public interface SampleSource {

    /**
     * Reads the next samples.
     *
     * @param target filled from index 0; never empty
     * @return how many samples were written, any number that fits; 0 at the end
     */
    int read(float[] target);

    /** Reads from an array. */
    static SampleSource of(float[] samples) {
        int[] position = {0};
        return target -> {
            int count = Math.min(target.length, samples.length - position[0]);
            System.arraycopy(samples, position[0], target, 0, count);
            position[0] += count;
            return count;
        };
    }
}
