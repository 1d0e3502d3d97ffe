package io.avatarservice.server.driver.preview.motion;

/**
 * What is kept of a sound. A hop is 10 ms, short enough to see the gap before a plosive; a frame is 40 ms.
 *
 * @param energy per hop: level in dB of full scale, {@link #SILENCE} for digital silence
 * @param tilt per hop: correlation of neighboring samples, near 1 for voiced sounds and about 0 or less for fricatives
 *     (Atal &amp; Rabiner 1976)
 * @param periodicity per frame: 0 noise to 1 strictly periodic
 * @param pitch per frame: fundamental in semitones over 55 Hz where {@code periodicity} is high, otherwise meaningless
 * @param openness per frame: about 0 close to 1 open vowel, from the first formant
 * @param spread per frame: about -1 back to +1 front vowel, from the second formant
 */
record SpeechFeatures(
        float[] energy, float[] tilt, float[] periodicity, float[] pitch, float[] openness, float[] spread) {

    /** The energy of digital silence in dB. */
    static final float SILENCE = -100;

    static final int HOP_SAMPLES = SpeechMotion.SAMPLE_RATE / 100;
    static final int FRAME_SAMPLES = SpeechMotion.SAMPLE_RATE / MotionTrack.FRAME_RATE;
    static final int HOPS_PER_FRAME = FRAME_SAMPLES / HOP_SAMPLES;

    static SpeechFeatures ofFrames(int frames) {
        int hops = frames * HOPS_PER_FRAME;
        return new SpeechFeatures(
                new float[hops],
                new float[hops],
                new float[frames],
                new float[frames],
                new float[frames],
                new float[frames]);
    }

    int frames() {
        return periodicity.length;
    }

    int hops() {
        return energy.length;
    }
}
