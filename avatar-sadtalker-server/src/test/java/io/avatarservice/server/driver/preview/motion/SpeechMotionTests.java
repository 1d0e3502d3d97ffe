package io.avatarservice.server.driver.preview.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeechMotionTests {

    private static final MotionFrame AT_REST = new MotionFrame(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private final float[] speech = Sounds.speech();

    @ParameterizedTest
    @CsvSource({"0,1", "1,1", "640,1", "959,1", "960,2", "1600,3", "16000,25", "184320,288"})
    void thereIsAFrameForEach40Milliseconds(int samples, int frames) {
        assertThat(Motions.of(new float[samples]).frameCount()).isEqualTo(frames);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 640, 1600, 3200, 16_000, 100_000, 184_320})
    void everyClipStartsAndEndsAtRest(int samples) {
        MotionTrack track = Motions.of(Arrays.copyOf(speech, samples));

        assertThat(track.at(0)).isEqualTo(AT_REST);
        assertThat(track.at(track.frameCount() - 1)).isEqualTo(AT_REST);
    }

    @Test
    void sameSeedAndSoundGiveTheSameMotion() {
        assertThat(frames(Motions.of(speech))).isEqualTo(frames(Motions.of(speech)));
    }

    @Test
    void anotherSeedMovesHeadAndEyelidsButNotTheMouth() {
        MotionTrack one = Motions.of(speech, new MotionOptions(1, true, false, 1));
        MotionTrack two = Motions.of(speech, new MotionOptions(2, true, false, 1));

        assertThat(Motions.values(two, MotionFrame::jaw)).isEqualTo(Motions.values(one, MotionFrame::jaw));
        assertThat(Motions.values(two, MotionFrame::roll)).isNotEqualTo(Motions.values(one, MotionFrame::roll));
        assertThat(Motions.values(two, MotionFrame::blinkLeft))
                .isNotEqualTo(Motions.values(one, MotionFrame::blinkLeft));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 641, 4095})
    void theSizeOfTheChunksDoesNotMatter(int chunk) {
        MotionTrack track = new SpeechMotion().plan(Motions.source(speech, chunk), speech.length, Motions.DEFAULTS);

        assertThat(frames(track)).isEqualTo(frames(Motions.of(speech)));
    }

    @Test
    void aSourceThatEndsEarlyIsSilentFromThere() {
        float[] half = Arrays.copyOf(speech, speech.length / 2);

        MotionTrack track = new SpeechMotion().plan(Motions.source(half, 4096), speech.length, Motions.DEFAULTS);

        assertThat(frames(track)).isEqualTo(frames(Motions.of(Arrays.copyOf(half, speech.length))));
    }

    @Test
    void nothingIsReadBeyondTheLengthOfTheClip() {
        float[] loudEnd = Sounds.joined(Arrays.copyOf(speech, 64_000), Sounds.noise(1, 0.9));

        MotionTrack track = new SpeechMotion().plan(Motions.source(loudEnd, 999), 64_000, Motions.DEFAULTS);

        assertThat(frames(track)).isEqualTo(frames(Motions.of(Arrays.copyOf(speech, 64_000))));
    }

    @Test
    void brokenSamplesMakeNoBrokenMotion() {
        float[] broken = speech.clone();
        broken[20_000] = Float.NaN;
        broken[40_000] = Float.POSITIVE_INFINITY;
        broken[60_000] = 1e30f;

        for (MotionFrame frame : frames(Motions.of(broken))) {
            assertThat(frame.jaw()).isBetween(0f, 1f);
            assertThat(frame.spread()).isBetween(-1f, 1f);
            assertThat(frame.pitch()).isBetween(-4f, 4f);
        }
        double jaw = Motions.max(Motions.values(Motions.of(broken), MotionFrame::jaw), 100, 280);
        assertThat(jaw).as("the speech around them still opens the mouth").isGreaterThan(0.6);
    }

    @Test
    void withoutBlinksTheEyesStayOpenAndAllElseIsTheSame() {
        List<MotionFrame> blinking = frames(Motions.of(speech));
        List<MotionFrame> open = frames(Motions.of(speech, new MotionOptions(7, false, false, 1)));

        assertThat(open)
                .allSatisfy(frame ->
                        assertThat(frame.blinkLeft() + frame.blinkRight()).isZero());
        assertThat(open)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("blinkLeft", "blinkRight")
                .isEqualTo(blinking);
    }

    @Test
    void stillKeepsTheHeadInPlaceAndAllElseTheSame() {
        List<MotionFrame> moving = frames(Motions.of(speech));
        List<MotionFrame> still = frames(Motions.of(speech, new MotionOptions(7, true, true, 1)));

        assertThat(still).allSatisfy(frame -> {
            assertThat(new float[] {frame.yaw(), frame.pitch(), frame.roll()}).containsOnly(0f);
            assertThat(new float[] {frame.shiftX(), frame.shiftY()}).containsOnly(0f);
        });
        assertThat(still)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("yaw", "pitch", "roll", "shiftX", "shiftY")
                .isEqualTo(moving);
    }

    @Test
    void expressionScaleOrdersHowFarTheMouthOpens() {
        double none = meanJaw(0);
        double half = meanJaw(0.5);
        double full = meanJaw(1);
        double most = meanJaw(3);

        assertThat(none).isZero();
        assertThat(half).isEqualTo(full / 2, within(0.01));
        assertThat(most).isGreaterThan(1.2 * full);
    }

    @Test
    void theLargestExpressionStaysInRange() {
        for (MotionFrame frame : frames(Motions.of(speech, new MotionOptions(7, true, false, 3)))) {
            assertThat(frame.jaw()).isBetween(0f, 1f);
            assertThat(frame.spread()).isBetween(-1f, 1f);
            assertThat(frame.press()).isBetween(0f, 1f);
            assertThat(frame.brow()).isBetween(-0.3f, 1f);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 3.1, Double.NaN})
    void expressionScaleOutOfRangeIsRefused(double scale) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MotionOptions(0, true, false, scale))
                .withMessage("expressionScale must be between 0 and 3, got " + scale);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE})
    void lengthsThatNoClipHasAreRefused(long samples) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SpeechMotion().plan(buffer -> -1, samples, Motions.DEFAULTS))
                .withMessageStartingWith("samples ")
                .withMessageContaining(Long.toString(samples));
    }

    private double meanJaw(double scale) {
        double[] jaw = Motions.values(Motions.of(speech, new MotionOptions(7, true, false, scale)), MotionFrame::jaw);
        return Motions.mean(jaw, 0, jaw.length);
    }

    private static List<MotionFrame> frames(MotionTrack track) {
        List<MotionFrame> frames = new ArrayList<>();
        for (int i = 0; i < track.frameCount(); i++) {
            frames.add(track.at(i));
        }
        return frames;
    }
}
