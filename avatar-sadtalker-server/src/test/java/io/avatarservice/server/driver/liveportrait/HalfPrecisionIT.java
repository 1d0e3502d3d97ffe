package io.avatarservice.server.driver.liveportrait;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.driver.liveportrait.testsupport.DrivingClips;
import io.avatarservice.server.driver.sadtalker.testsupport.TinyCheckpoints;
import io.avatarservice.server.support.Clip;
import io.avatarservice.server.torch.Precision;
import io.avatarservice.server.torch.model.Model;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What happens where half precision does not hold the numbers of some weights, as on some devices. */
@ExtendWith(OutputCaptureExtension.class)
class HalfPrecisionIT {

    private static final Map<String, Object> SQUARE = Map.of("pasteback", false);

    @Test
    void framesThatAreNoPicturesAreRenderedAgainInSinglePrecision(
            @TempDir Path folder, @TempDir Path other, CapturedOutput output) {
        try (TinyLivePortrait half = new TinyLivePortrait(folder, "f16");
                TinyLivePortrait single = new TinyLivePortrait(other, "f32")) {
            Path driving = DrivingClips.silent(folder.resolve("driving.mp4"), 2, "25");
            enlarge(half.checkpoints());
            enlarge(single.checkpoints());

            Clip first = half.render(driving, SQUARE);
            Clip second = half.render(driving, SQUARE);

            Clip expected = single.render(driving, SQUARE);
            assertThat(half.networks().precision()).isEqualTo(Precision.FLOAT32);
            assertThat(first.differenceTo(expected)).isZero();
            assertThat(second.differenceTo(expected)).isZero();
            assertThat(output.getAll().split("are not pictures", -1)).hasSize(2);
        }
    }

    @Test
    void framesThatArePicturesStayInHalfPrecision(@TempDir Path folder) {
        try (TinyLivePortrait half = new TinyLivePortrait(folder, "f16")) {
            half.render(DrivingClips.silent(folder.resolve("driving.mp4"), 2, "25"), SQUARE);

            assertThat(half.networks().precision()).isEqualTo(Precision.FLOAT16);
        }
    }

    /** The other half precision has the range of single precision, so that nothing is to be feared there. */
    @Test
    void brainFloatsRenderOnTheCpu(@TempDir Path folder) {
        try (TinyLivePortrait half = new TinyLivePortrait(folder, "bf16")) {
            Clip clip = half.render(DrivingClips.silent(folder.resolve("driving.mp4"), 2, "25"), SQUARE);

            assertThat(clip.frames()).hasSize(2);
            assertThat(half.networks().precision()).isEqualTo(Precision.BFLOAT16);
        }
    }

    /** Makes weights beyond what half precision holds: they become infinite, and what is computed with them no number. */
    private static void enlarge(TinyCheckpoints checkpoints) {
        checkpoints.writeMultiplied(Model.LIVEPORTRAIT_GENERATOR, name -> name.startsWith("fc."), 1e6f);
    }
}
