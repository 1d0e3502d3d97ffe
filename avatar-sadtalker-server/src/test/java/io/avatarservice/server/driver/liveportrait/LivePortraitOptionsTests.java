package io.avatarservice.server.driver.liveportrait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.avatarservice.server.driver.liveportrait.driving.DrivingFraming;
import io.avatarservice.server.driver.liveportrait.motion.AnimationRegion;
import io.avatarservice.server.problem.ProblemException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LivePortraitOptionsTests {

    private static LivePortraitOptions options(Map<String, ?> requested) {
        return LivePortraitOptions.of(LivePortraitOptions.parse(requested));
    }

    @Test
    void defaultsAreThoseOfTheReferencesCommandLine() {
        assertThat(options(Map.of()))
                .isEqualTo(new LivePortraitOptions(
                        true,
                        true,
                        2.3,
                        -0.125,
                        true,
                        true,
                        true,
                        true,
                        1,
                        AnimationRegion.ALL,
                        false,
                        false,
                        false,
                        new DrivingFraming(false, 2.2, -0.1),
                        0));
    }

    @Test
    void textOfAFormMeansTheSame() {
        LivePortraitOptions options = options(Map.of(
                "driving_option",
                "pose-friendly",
                "animation_region",
                "lip",
                "driving_multiplier",
                "1.5",
                "stitching",
                "false"));

        assertThat(options.sizeAdapted()).isFalse();
        assertThat(options.region()).isEqualTo(AnimationRegion.LIP);
        assertThat(options.multiplier()).isEqualTo(1.5);
        assertThat(options.stitching()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"do_crop", "stitching", "pasteback"})
    void theFaceGoesBackOnlyWithCropAndStitching(String without) {
        assertThat(options(Map.of()).pastedBack()).isTrue();
        assertThat(options(Map.of(without, false)).pastedBack()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "driving_multiplier, 2.1",
        "scale, 0.5",
        "vy_ratio, 1",
        "scale_crop_driving_video, 0.9",
        "vy_ratio_crop_driving_video, -0.6",
        "animation_region, nose",
        "driving_option, friendly",
        "driving_smooth_observation_variance, -1",
        "eye_retargeting, perhaps",
        "flag_stitching, true",
    })
    void whatIsOutOfRangeOrUnknownIsRefusedByName(String name, String value) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> LivePortraitOptions.parse(Map.of(name, value)))
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("options." + name));
    }
}
