package io.avatarservice.server.driver.sadtalker.motion;

import io.avatarservice.server.torch.FloatTensor;

/** How far the eyes are to be shut in every frame: 0 open, 1 shut. */
public final class BlinkCurve {

    private static final float[] BLINK = {0.5f, 0.9f, 1, 0.9f, 0.5f};

    private static final int SHORTEST_PAUSE = 10;
    private static final int LONGEST_PAUSE = 70;

    private BlinkCurve() {}

    /** Eyes that never blink. */
    public static FloatTensor none(int frames) {
        return FloatTensor.of(new float[frames], frames, 1);
    }

    /**
     * Blinks of five frames with random pauses, those of the reference after Python's {@code random.seed(seed)}. Clips of
     * up to 21 frames have none; the reference fails at 21.
     *
     * @return {@code [frames,1]}
     */
    public static FloatTensor random(int frames, long seed) {
        FloatTensor curve = none(frames);
        int pauseLimit = Math.min(frames / 2, LONGEST_PAUSE);
        if (pauseLimit <= SHORTEST_PAUSE) {
            return curve;
        }
        PythonRandom random = new PythonRandom(seed);
        int start = random.choose(SHORTEST_PAUSE, pauseLimit);
        while (start + BLINK.length < frames) {
            System.arraycopy(BLINK, 0, curve.values(), start, BLINK.length);
            start += BLINK.length + random.choose(SHORTEST_PAUSE, pauseLimit);
        }
        return curve;
    }
}
