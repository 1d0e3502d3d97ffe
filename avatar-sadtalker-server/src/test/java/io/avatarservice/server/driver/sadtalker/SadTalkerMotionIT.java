package io.avatarservice.server.driver.sadtalker;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.driver.RenderRequest;
import io.avatarservice.server.driver.sadtalker.face.GivenLandmarks;
import io.avatarservice.server.driver.sadtalker.face.Pictures;
import io.avatarservice.server.driver.sadtalker.face.RgbImage;
import io.avatarservice.server.driver.sadtalker.motion.Coefficients;
import io.avatarservice.server.torch.checkpoint.testsupport.CheckpointFormat;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the options do to the coefficients of the frames, with tiny networks. */
class SadTalkerMotionIT {

    private static final double SECONDS = 40 * TinyPipeline.ONE_FRAME;

    private static TinyPipeline pipeline;

    @BeforeAll
    static void start(@TempDir Path folder) {
        pipeline = new TinyPipeline(folder, CheckpointFormat.SAFETENSORS);
    }

    @AfterAll
    static void stop() {
        pipeline.close();
    }

    @Test
    void theSameSeedGivesTheSameMotion() {
        assertThat(motion(Map.of("seed", 5))).isEqualTo(motion(Map.of("seed", 5)));
    }

    @ParameterizedTest
    @CsvSource({
        "seed, 6",
        "pose_style, 45",
        "pose_variation, 0.5",
        "expression_scale, 0.5",
        "blink, false",
        "still, true",
        "preprocess, full"
    })
    void everyOptionOfTheMotionCounts(String option, String value) {
        assertThat(motion(Map.of(option, value))).isNotEqualTo(motion(Map.of()));
    }

    @Test
    void withoutBlinksAndVariationSeedsDoNotMatter() {
        Map<String, Object> options = Map.of("blink", false, "pose_variation", 0);

        assertThat(motion(plus(options, "seed", 6))).isEqualTo(motion(plus(options, "seed", 7)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 6, 21, 33, 34})
    void soundOfAnyLengthIsPlanned(int frames) {
        Coefficients coefficients = plan(Map.of(), frames * TinyPipeline.ONE_FRAME);

        assertThat(coefficients.frames()).isEqualTo(frames);
        assertThat(coefficients.targets(0, frames).values()).doesNotContain(Float.NaN);
    }

    private static float[] motion(Map<String, ?> options) {
        Coefficients coefficients = plan(options, SECONDS);
        return coefficients.targets(0, coefficients.frames()).values();
    }

    private static Coefficients plan(Map<String, ?> requested, double seconds) {
        RenderRequest request =
                pipeline.request(TinyPipeline.portrait(), TinyPipeline.withLandmarks(requested), seconds);
        SadTalkerOptions options = SadTalkerOptions.of(request.options());
        Networks networks = pipeline.networks(options.size());
        RgbImage picture = Pictures.toRgb(request.portrait());
        SourceFace face = new FaceAnalyzer(networks)
                .analyze(
                        picture,
                        options.preprocess(),
                        options.size(),
                        GivenLandmarks.parse(Objects.requireNonNull(options.landmarks()), picture.size()));
        return new MotionPlanner(new SpeechNetworks(networks))
                .plan(
                        face.row(),
                        SpeechWindows.of(SpeechReader.read(request.requireSpeech())),
                        ReferenceMotion.NONE,
                        options);
    }

    private static Map<String, Object> plus(Map<String, Object> options, String name, Object value) {
        Map<String, Object> all = new HashMap<>(options);
        all.put(name, value);
        return all;
    }
}
