package io.avatarservice.server.driver.preview.motion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlinkMotionTests {

    private static final float[] SPEECH = Sounds.speech();

    @ParameterizedTest
    @ValueSource(doubles = {8, 9.3, 10, 11.5, 15, 20, 30, 60, 120})
    void eyesBlinkAsOftenAsPeopleDo(double seconds) {
        Prosody prosody = prosody(repeated(seconds));
        for (long seed = 0; seed < 200; seed++) {
            int blinks = blinks(BlinkMotion.plan(prosody, seed)).size();

            assertThat(blinks * 60 / seconds)
                    .as("blinks a minute with seed %d", seed)
                    .isBetween(8.0, 30.0);
        }
    }

    @Test
    void clipsOfElevenSecondsHaveTwoBlinksAndMore() {
        Prosody prosody = prosody(SPEECH);
        for (long seed = 0; seed < 200; seed++) {
            assertThat(blinks(BlinkMotion.plan(prosody, seed))).hasSizeBetween(2, 5);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.04, 0.5, 1, 2, 3.1, 11.5, 30})
    void everyBlinkClosesFullyQuicklyAndEndsBeforeTheClipDoes(double seconds) {
        Prosody prosody = prosody(repeated(seconds));
        for (long seed = 0; seed < 100; seed++) {
            float[] lids = BlinkMotion.plan(prosody, seed);

            for (int[] blink : blinks(lids)) {
                assertThat(blink[0]).isGreaterThanOrEqualTo(10);
                assertThat(blink[1]).isLessThan(lids.length - 1);
                assertThat(blink[1] - blink[0]).as("frames").isBetween(5, 8);
                assertThat(lids[blink[0] + 1]).as("closed after two frames").isEqualTo(1);
            }
        }
    }

    @Test
    void clipsOfTwoSecondsMostlyBlink() {
        Prosody prosody = prosody(repeated(2));
        long blinking = 0;
        for (long seed = 0; seed < 100; seed++) {
            blinking += blinks(BlinkMotion.plan(prosody, seed)).isEmpty() ? 0 : 1;
        }

        assertThat(blinking).isGreaterThan(70);
    }

    @Test
    void intervalsVary() {
        List<int[]> blinks = blinks(BlinkMotion.plan(prosody(repeated(120)), 5));
        double[] intervals = new double[blinks.size() - 1];
        for (int i = 0; i < intervals.length; i++) {
            intervals[i] = (blinks.get(i + 1)[0] - blinks.get(i)[0]) / 25.0;
        }

        assertThat(Motions.deviation(intervals)).isGreaterThan(0.5);
    }

    @Test
    void phraseEndsAttractBlinks() {
        float[] phrase = Arrays.copyOf(SPEECH, 40_000);
        float[] sound = Sounds.silence(0.1);
        for (int i = 0; i < 20; i++) {
            sound = Sounds.joined(sound, phrase, Sounds.silence(0.6));
        }
        Prosody prosody = prosody(sound);
        int near = 0;
        int all = 0;
        for (long seed = 0; seed < 20; seed++) {
            for (int[] blink : blinks(BlinkMotion.plan(prosody, seed))) {
                all++;
                near += prosody.pauses().stream().anyMatch(pause -> Math.abs(pause.start() + 1 - blink[0]) <= 1)
                        ? 1
                        : 0;
            }
        }

        assertThat((double) near / all).as("share of blinks at phrase ends").isGreaterThan(0.4);
    }

    /** First frame and frame after the last of each stretch in which the lids are not open. */
    private static List<int[]> blinks(float[] lids) {
        List<int[]> blinks = new ArrayList<>();
        int start = -1;
        for (int i = 0; i < lids.length; i++) {
            if (lids[i] > 0 && start < 0) {
                start = i;
            } else if (lids[i] == 0 && start >= 0) {
                blinks.add(new int[] {start, i});
                start = -1;
            }
        }
        return blinks;
    }

    private static Prosody prosody(float[] sound) {
        int frames = Math.max(1, Math.round(sound.length / 640f));
        SpeechFeatures features =
                new SpeechAnalyzer().analyze(Motions.source(sound, Integer.MAX_VALUE), sound.length, frames);
        return Prosody.of(features, Loudness.of(features));
    }

    private static float[] repeated(double seconds) {
        float[] sound = new float[(int) Math.round(seconds * Sounds.RATE)];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = SPEECH[i % SPEECH.length];
        }
        return sound;
    }
}
