package io.avatarservice.server.driver.preview.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.driver.preview.motion.Prosody.Pause;
import io.avatarservice.server.driver.preview.motion.Prosody.Stress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadMotionTests {

    private static final int SEEDS = 100;

    @ParameterizedTest
    @ValueSource(ints = {200, 288, 500, 1500, 3000})
    void theHeadRollsVisiblyButNeverFar(int frames) {
        for (long seed = 0; seed < SEEDS; seed++) {
            double[] roll = doubles(HeadMotion.plan(prosody(frames), seed).roll());

            assertThat(Motions.deviation(roll)).as("degrees with seed %d", seed).isBetween(0.7, 1.8);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 50, 288, 3000})
    void everyAngleStaysInRangeAndChangesSmoothly(int frames) {
        for (long seed = 0; seed < SEEDS; seed++) {
            HeadMotion head = HeadMotion.plan(prosody(frames), seed);

            assertSmooth(doubles(head.yaw()), 5, 0.6);
            assertSmooth(doubles(head.pitch()), 4, 0.8);
            assertSmooth(doubles(head.roll()), 3.5, 0.5);
            assertSmooth(doubles(head.shiftX()), 0.03, 0.004);
            assertSmooth(doubles(head.shiftY()), 0.03, 0.004);
        }
    }

    @Test
    void theHeadNodsWithStressedSyllables() {
        Stress stress = new Stress(100, 1);
        Prosody stressed = new Prosody(250, List.of(), List.of(stress));
        Prosody flat = new Prosody(250, List.of(), List.of());

        HeadMotion with = HeadMotion.plan(stressed, 3);
        HeadMotion without = HeadMotion.plan(flat, 3);

        assertThat(with.pitch()[99]).isLessThan(without.pitch()[99] - 0.4f);
        assertThat(with.pitch()[80]).isEqualTo(without.pitch()[80]);
        assertThat(with.pitch()[120]).isEqualTo(without.pitch()[120]);
    }

    @Test
    void aBreathInAPauseLiftsTheHead() {
        Prosody pausing = new Prosody(250, List.of(new Pause(100, 125)), List.of());
        Prosody flowing = new Prosody(250, List.of(new Pause(100, 105)), List.of());
        float[] lifted = new float[250];
        for (long seed = 0; seed < 20; seed++) {
            float[] with = HeadMotion.plan(pausing, seed).shiftY();
            float[] without = HeadMotion.plan(flowing, seed).shiftY();
            for (int i = 0; i < lifted.length; i++) {
                lifted[i] += (with[i] - without[i]) / 20;
            }
        }

        assertThat(lifted[115]).isLessThan(-0.003f);
        assertThat(lifted[80]).isZero();
    }

    @Test
    void inSilenceTheHeadIdlesWithoutNodding() {
        MotionTrack track = Motions.of(Sounds.silence(10));

        assertThat(Motions.largestStep(Motions.values(track, MotionFrame::pitch)))
                .isBetween(0.01, 0.3);
        assertThat(Motions.deviation(Motions.values(track, MotionFrame::roll))).isBetween(0.7, 1.8);
    }

    @Test
    void sampleSpeechMovesTheHeadAsMeasuredOnTheFinishedVideo() {
        for (long seed = 0; seed < 20; seed++) {
            MotionTrack track = Motions.of(Sounds.speech(), new MotionOptions(seed, true, false, 1));

            assertThat(Motions.deviation(Motions.values(track, MotionFrame::roll)))
                    .isBetween(0.7, 1.8);
            assertThat(Motions.deviation(Motions.values(track, MotionFrame::pitch)))
                    .isGreaterThan(0.3);
        }
    }

    /** Phrases of three seconds with short pauses and a stress every 0.7 seconds. */
    private static Prosody prosody(int frames) {
        List<Pause> pauses = IntStream.range(1, frames / 75 + 1)
                .mapToObj(i -> new Pause(i * 75 - 10, i * 75))
                .toList();
        List<Stress> stresses = IntStream.range(0, frames / 18)
                .mapToObj(i -> new Stress(i * 18 + 5, i % 3 / 2f))
                .toList();
        return new Prosody(frames, pauses, stresses);
    }

    private static void assertSmooth(double[] curve, double limit, double step) {
        assertThat(Arrays.stream(curve).map(Math::abs).max().orElseThrow()).isLessThanOrEqualTo(limit);
        assertThat(Motions.largestStep(curve)).as("change per frame").isLessThan(step);
        assertThat(curve[0]).isZero();
        assertThat(curve[curve.length - 1]).isZero();
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
}
