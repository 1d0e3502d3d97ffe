package io.avatarservice.server.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptionParserTests {

    private static final List<OptionDescription> KNOWN = List.of(
            OptionDescription.bool("still", false, "Whether the head keeps still."),
            OptionDescription.integer("seed", null, 0, Long.MAX_VALUE, "Start of the random numbers."),
            OptionDescription.integer("pose_style", 0L, 0, 45, "Style of the head's motion."),
            OptionDescription.decimal("expression_scale", 1, 0, 3, "Strength of the expression."),
            OptionDescription.integers("input_yaw", -90, 90, "Turns of the head."),
            OptionDescription.video("reference_pose_video", "Head motion to follow."),
            OptionDescription.choice("preprocess", "crop", List.of("crop", "full"), "Part that is animated."));

    @Test
    void fillsInDefaultsButNotThoseTheDriverPicks() {
        RenderOptions options = OptionParser.parse(KNOWN, Map.of());

        assertThat(options.values())
                .isEqualTo(Map.of("still", false, "pose_style", 0L, "expression_scale", 1.0, "preprocess", "crop"));
        assertThat(options.has("seed")).isFalse();
    }

    static Stream<Arguments> accepted() {
        return Stream.of(
                Arguments.of("still", true, true),
                Arguments.of("still", "true", true),
                Arguments.of("seed", 7, 7L),
                Arguments.of("seed", "9223372036854775807", Long.MAX_VALUE),
                Arguments.of("pose_style", 45.0, 45L),
                Arguments.of("expression_scale", 3, 3.0),
                Arguments.of("expression_scale", "0.25", 0.25),
                Arguments.of("input_yaw", List.of(-20, 30, 10), List.of(-20, 30, 10)),
                Arguments.of("input_yaw", "-20, 30,10", List.of(-20, 30, 10)),
                Arguments.of("input_yaw", 15, List.of(15)),
                Arguments.of("preprocess", "full", "full"));
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void acceptsJsonValuesAndText(String name, Object value, Object expected) {
        assertThat(OptionParser.parse(KNOWN, Map.of(name, value)).values()).containsEntry(name, expected);
    }

    @Test
    void takesNullForLeftOut() {
        Map<String, Object> requested = new HashMap<>();
        requested.put("pose_style", null);

        assertThat(OptionParser.parse(KNOWN, requested).integer("pose_style")).isZero();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("still", "yes", "must be true or false, got 'yes'"),
                Arguments.of("still", 1, "must be true or false, got '1'"),
                Arguments.of("pose_style", 46, "must be between 0 and 45, got '46'"),
                Arguments.of("pose_style", -1, "must be between 0 and 45, got '-1'"),
                Arguments.of("pose_style", 2.5, "must be an integer, got '2.5'"),
                Arguments.of("pose_style", "two", "must be an integer, got 'two'"),
                Arguments.of("pose_style", true, "must be an integer, got 'true'"),
                Arguments.of("seed", "9223372036854775808", "must be between 0 and 9223372036854775807"),
                Arguments.of("expression_scale", Double.NaN, "must be a number, got 'NaN'"),
                Arguments.of("expression_scale", "1e999999999", "must be between 0.0 and 3.0, got '1e999999999'"),
                Arguments.of("expression_scale", List.of(1), "must be a number"),
                Arguments.of("input_yaw", List.of(-91), "must be between -90 and 90, got '-91'"),
                Arguments.of("input_yaw", "1,two", "must be a list of integers, got 'two'"),
                Arguments.of("input_yaw", List.of(1.5), "must be a list of integers, got '[1.5]'"),
                Arguments.of("input_yaw", List.of(), "must have 1 to 1000 numbers"),
                Arguments.of("reference_pose_video", 1, "must be an http or https URL, or a file"),
                Arguments.of("preprocess", "face", "must be one of 'crop', 'full', got 'face'"),
                Arguments.of("preprocess", 1, "must be one of 'crop', 'full', got '1'"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesOtherValuesNamingTheRule(String name, Object value, String rule) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> OptionParser.parse(KNOWN, Map.of(name, value)))
                .withMessageContaining("the option '" + name + "' " + rule)
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_REQUEST))
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("options." + name));
    }

    @Test
    void refusesUnknownNamesAllTogether() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> OptionParser.parse(KNOWN, Map.of("wink", 1, "nod", 2, "still", true)))
                .withMessage("unknown options 'nod', 'wink'; this driver knows 'still', 'seed', 'pose_style', "
                        + "'expression_scale', 'input_yaw', 'reference_pose_video', 'preprocess'")
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("options.nod"));
    }
}
