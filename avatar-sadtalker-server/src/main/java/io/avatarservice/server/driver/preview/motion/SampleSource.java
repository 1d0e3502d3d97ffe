package io.avatarservice.server.driver.preview.motion;

/** A sound that is read once, from its beginning to its end: mono, 16 kHz, samples in {@code -1..1}. */
@FunctionalInterface
public interface SampleSource {

    /**
     * Reads the next samples; any number that fits will do.
     *
     * @param buffer filled from index 0; never empty
     * @return how many samples were read, at least 1, or -1 at the end
     */
    int read(float[] buffer);
}
