package io.avatarservice.server.driver.sadtalker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.avatarservice.server.driver.sadtalker.face.Preprocess;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SadTalkerOptionsTests {

    @Test
    void theDefaultsAreTheReferencesOwn() {
        SadTalkerOptions options = options(Map.of());

        assertThat(options.preprocess()).isEqualTo(Preprocess.CROP);
        assertThat(options.size()).isEqualTo(256);
        assertThat(options.still()).isFalse();
        assertThat(options.poseStyle()).isZero();
        assertThat(options.expressionScale()).isEqualTo(1);
        assertThat(options.blink()).isTrue();
        assertThat(options.poseVariation()).isEqualTo(1);
        assertThat(options.yaw()).isNull();
        assertThat(options.landmarks()).isNull();
    }

    @Test
    void aSeedIsDrawnWhereThereIsNone() {
        assertThat(SadTalkerOptions.parse(256, Map.of()).integer("seed")).isBetween(0L, (long) Integer.MAX_VALUE);
        assertThat(options(Map.of("seed", 7)).seed()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource
    void everyPreprocessModeHasAName(Preprocess mode) {
        assertThat(options(Map.of("preprocess", mode.option())).preprocess()).isEqualTo(mode);
    }

    static List<Object> sizes() {
        return List.of(512, "512", 512L);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void aSizeIsANumberOrItsText(Object size) {
        assertThat(options(Map.of("size", size)).size()).isEqualTo(512);
    }

    @Test
    void theDefaultSizeIsThatOfTheFilesAtHand() {
        assertThat(SadTalkerOptions.parse(512, Map.of()).text("size")).isEqualTo("512");
    }

    @Test
    void anglesAreAList() {
        assertThat(options(Map.of("input_yaw", List.of(-20, 0, 30), "input_roll", "10,20"))
                        .cameraPath(3))
                .isNotNull();
    }

    static List<Arguments> wrong() {
        return List.of(
                Arguments.of("preprocess", "zoom", "must be one of 'crop', 'extcrop', 'resize', 'full', 'extfull'"),
                Arguments.of("size", 300, "must be one of '256', '512', got '300'"),
                Arguments.of("still", "perhaps", "the option 'still' must be"),
                Arguments.of("pose_style", 46, "must be between 0 and 45, got '46'"),
                Arguments.of("pose_style", -1, "must be between 0 and 45, got '-1'"),
                Arguments.of("expression_scale", 3.1, "must be between 0.0 and 3.0, got '3.1'"),
                Arguments.of("seed", -1, "must be between 0 and"),
                Arguments.of("pose_variation", 1.6, "must be between 0.0 and 1.5, got '1.6'"),
                Arguments.of("input_pitch", List.of(181), "-180"),
                Arguments.of("landmarks", 5, "must be text"),
                Arguments.of("nonsense", 1, "nonsense"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongValueIsNamedWithItsLimits(String option, Object value, String message) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> options(Map.of(option, value)))
                .withMessageContaining(message)
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_REQUEST))
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("options." + option));
    }

    @Test
    void theFaceEnhancerIsUnsupportedByName() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> options(Map.of("enhancer", "gfpgan")))
                .withMessage("the driver 'sadtalker' has no face enhancer; leave the option 'enhancer' out")
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.UNSUPPORTED))
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("options.enhancer"));
    }

    private static SadTalkerOptions options(Map<String, ?> requested) {
        return SadTalkerOptions.of(SadTalkerOptions.parse(256, requested));
    }
}
