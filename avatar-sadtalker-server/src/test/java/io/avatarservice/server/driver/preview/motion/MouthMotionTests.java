package io.avatarservice.server.driver.preview.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MouthMotionTests {

    private final float[] speech = Sounds.speech();

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.003, 0.05, 20})
    void openingFollowsTheLoudnessAtAnyGain(double gain) {
        float[] sound = recorded(speech, gain);
        double[] jaw = jaw(sound);
        double[] loudness = Motions.loudness(sound, jaw.length);

        int lag = Motions.bestLag(jaw, loudness);
        assertThat(Motions.correlation(jaw, loudness, lag)).isGreaterThan(0.65);
        assertThat(lag * 40).as("milliseconds by which the lips lead").isBetween(40, 120);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.005, 0.02})
    void theMouthClosesWhereSpeechIsQuietest(double noise) {
        float[] sound = Sounds.mixed(speech, Sounds.noise(12, noise));
        double[] jaw = jaw(sound);
        double[] loudness = Motions.loudness(sound, jaw.length);
        int[] byLoudness = IntStream.range(0, jaw.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> loudness[i]))
                .mapToInt(i -> i)
                .toArray();
        int count = jaw.length * 15 / 100;

        double quietest = IntStream.of(Arrays.copyOf(byLoudness, count))
                .mapToDouble(i -> jaw[i])
                .average()
                .orElseThrow();
        double loudest = IntStream.of(Arrays.copyOfRange(byLoudness, jaw.length - count, jaw.length))
                .mapToDouble(i -> jaw[i])
                .average()
                .orElseThrow();

        assertThat(loudest).isGreaterThan(0.4);
        assertThat(quietest).isLessThan(loudest / 5);
    }

    @Test
    void syllablesOpenAndCloseTheMouthOneByOne() {
        float[] syllables = Sounds.modulated(Sounds.openVowel(4), Sounds.syllables(4));

        double[] jaw = jaw(Sounds.joined(Sounds.silence(0.4), syllables, Sounds.silence(0.4)));

        assertThat(Motions.crossings(jaw, 0.4)).isEqualTo(16);
        assertThat(Motions.crossings(jaw, 0.15)).isEqualTo(16);
    }

    @Test
    void openVowelsOpenTheMouthWiderThanCloseOnes() {
        double a = steadyJaw(Sounds.openVowel(2));
        double i = steadyJaw(Sounds.spreadVowel(2));
        double u = steadyJaw(Sounds.roundVowel(2));

        assertThat(a).isGreaterThan(0.7);
        assertThat(i).isBetween(0.3, 0.8 * a);
        assertThat(u).isBetween(0.3, 0.8 * a);
    }

    @Test
    void frontVowelsSpreadTheLipsAndBackVowelsRoundThem() {
        assertThat(steadySpread(Sounds.spreadVowel(2))).isGreaterThan(0.6);
        assertThat(steadySpread(Sounds.roundVowel(2))).isLessThan(-0.5);
        assertThat(steadySpread(Sounds.openVowel(2))).isBetween(-0.3, 0.3);
    }

    @Test
    void vowelsInOneBreathKeepTheirShapes() {
        float[] word = Sounds.joined(Sounds.openVowel(0.3), Sounds.spreadVowel(0.3), Sounds.roundVowel(0.3));
        MotionTrack track = Motions.of(Sounds.joined(Sounds.silence(0.4), word, word, word, Sounds.silence(0.4)));
        double[] jaw = Motions.values(track, MotionFrame::jaw);
        double[] spread = Motions.values(track, MotionFrame::spread);
        // The second word's vowels sound at 1.3, 1.6 and 1.9 s; the lips are two frames ahead.
        double a = Motions.mean(jaw, 33, 36);
        double i = Motions.mean(spread, 40, 44);
        double u = Motions.mean(spread, 48, 51);

        assertThat(a).isGreaterThan(1.3 * Motions.mean(jaw, 41, 43));
        assertThat(i).isGreaterThan(0.4);
        assertThat(u).isLessThan(-0.3);
    }

    @Test
    void fricativesNarrowTheMouth() {
        float[] sound = Sounds.joined(Sounds.openVowel(0.6), Sounds.fricative(0.4), Sounds.openVowel(0.6));

        double[] jaw = jaw(sound);

        assertThat(Motions.mean(jaw, 16, 21)).isLessThan(0.5 * Motions.mean(jaw, 7, 12));
    }

    @Test
    void lipsAreClosedJustBeforeABurst() {
        float[] word = Sounds.joined(Sounds.openVowel(0.48), Sounds.silence(0.12), Sounds.openVowel(0.6));
        MotionTrack track = Motions.of(Sounds.joined(Sounds.silence(0.4), word, Sounds.silence(0.4)));
        double[] press = Motions.values(track, MotionFrame::press);
        double[] jaw = Motions.values(track, MotionFrame::jaw);
        int burst = 25;

        assertThat(IntStream.range(burst - 4, burst)
                        .filter(i -> press[i] > 0.35)
                        .count())
                .as("frames with pressed lips")
                .isBetween(2L, 3L);
        assertThat(Motions.mean(jaw, burst - 2, burst)).isLessThan(0.15);
        assertThat(press[burst + 1]).isZero();
        assertThat(jaw[burst + 2]).as("open again").isGreaterThan(0.5);
    }

    @Test
    void lipsAreNotPressedWhileAVowelGrows() {
        float[] sound = Sounds.modulated(Sounds.openVowel(2), time -> Math.min(1, time / 0.5));

        double[] press = Motions.values(Motions.of(sound), MotionFrame::press);

        assertThat(press).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.002, 0.3})
    void silenceAndSteadyNoiseLeaveTheMouthToThePortrait(double amplitude) {
        MotionTrack track = Motions.of(Sounds.noise(8, amplitude));

        assertThat(Motions.values(track, MotionFrame::jaw)).containsOnly(0);
        assertThat(Motions.values(track, MotionFrame::spread)).containsOnly(0);
        assertThat(Motions.values(track, MotionFrame::press)).containsOnly(0);
        assertThat(Motions.values(track, MotionFrame::activity)).containsOnly(0);
    }

    @Test
    void oneWordInAMinuteOfRoomToneIsSpoken() {
        float[] word = Arrays.copyOfRange(speech, 16_000, 32_000);
        float[] sound =
                Sounds.mixed(Sounds.joined(Sounds.silence(30), word, Sounds.silence(29)), Sounds.noise(60, 0.001));

        MotionTrack track = Motions.of(sound);
        double[] jaw = Motions.values(track, MotionFrame::jaw);

        assertThat(Motions.max(jaw, 748, 776)).isGreaterThan(0.5);
        assertThat(Motions.max(jaw, 0, 740)).isZero();
        assertThat(Motions.max(jaw, 785, jaw.length)).isZero();
        assertThat(track.at(500).activity()).isZero();
        assertThat(track.at(760).activity()).isEqualTo(1);
        assertThat(track.at(1000).activity()).isZero();
    }

    @Test
    void theMouthIsDrivenThroughPausesBetweenPhrases() {
        float[] phrase = Arrays.copyOf(speech, 48_000);
        float[] sound = Sounds.joined(Sounds.silence(1), phrase, Sounds.silence(2), phrase, Sounds.silence(1));

        MotionTrack track = Motions.of(sound);

        assertThat(Motions.values(track, MotionFrame::activity)[125 - 12]).isEqualTo(1);
        assertThat(track.at(113).jaw()).as("mouth in the pause").isZero();
        assertThat(track.at(5).activity()).isZero();
        assertThat(Motions.largestStep(Motions.values(track, MotionFrame::activity)))
                .isLessThan(0.5);
    }

    @Test
    void quietPassagesOpenTheMouthNearlyAsFarAsLoudOnes() {
        float[] phrase = Arrays.copyOf(speech, 80_000);
        float[] sound = Sounds.joined(phrase, Sounds.silence(3), Sounds.modulated(phrase, time -> 0.3));

        double[] jaw = jaw(sound);

        double loud = Motions.mean(jaw, 0, 125);
        assertThat(Motions.mean(jaw, 200, jaw.length)).isCloseTo(loud, within(0.3 * loud));
    }

    @Test
    void musicMovesTheMouthWithItsBeatsAndNoFaster() {
        float[] sound = Sounds.chords(8);
        double[] jaw = jaw(sound);
        double[] loudness = Motions.loudness(sound, jaw.length);

        assertThat(Motions.correlation(jaw, loudness, Motions.bestLag(jaw, loudness)))
                .isGreaterThan(0.6);
        assertThat(Motions.crossings(jaw, 0.3)).isBetween(8, 16);
        assertThat(Motions.max(jaw, 0, jaw.length)).isBetween(0.3, 0.95);
    }

    @Test
    void theJawHasASpeedLimit() {
        assertThat(Motions.largestStep(jaw(speech))).isLessThanOrEqualTo(0.4 + 1e-6);
    }

    private static double[] jaw(float[] sound) {
        return Motions.values(Motions.of(sound), MotionFrame::jaw);
    }

    private static double steadyJaw(float[] sound) {
        return Motions.mean(jaw(sound), 15, 35);
    }

    private static double steadySpread(float[] sound) {
        return Motions.mean(Motions.values(Motions.of(sound), MotionFrame::spread), 15, 35);
    }

    /** What a 16-bit recording at that gain would hold: rounded when quiet, clipped when loud. */
    private static float[] recorded(float[] sound, double gain) {
        float[] recorded = new float[sound.length];
        for (int i = 0; i < sound.length; i++) {
            double scaled = Math.rint(sound[i] * gain * 32768) / 32768;
            recorded[i] = (float) Math.max(-1, Math.min(1, scaled));
        }
        return recorded;
    }
}
