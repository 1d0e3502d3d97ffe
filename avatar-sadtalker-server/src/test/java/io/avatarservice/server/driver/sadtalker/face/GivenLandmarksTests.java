package io.avatarservice.server.driver.sadtalker.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.avatarservice.server.driver.picture.Size;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GivenLandmarksTests {

    private static final Size PICTURE = new Size(640, 480);

    @ParameterizedTest
    @ValueSource(strings = {"[%s]", "{\"landmarks\": [%s]}", " {\"source\": \"dlib\", \"landmarks\": [%s]}\n"})
    void readsJson(String form) {
        assertThat(parse(form.formatted(joined("[%s, %s]", ", "))).xy()).isEqualTo(expected());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s %s", "%s,%s", "  %s ,\t%s", "%s\t%s\r"})
    void readsLines(String form) {
        assertThat(parse(joined(form, "\n") + "\n\n").xy()).isEqualTo(expected());
    }

    @Test
    void refusesAnotherCount() {
        refuses("1 2\n3 4", "68 landmarks are needed, there are 2");
        refuses("[[1, 2]]", "68 landmarks are needed, there are 1");
    }

    @Test
    void refusesWhatIsNoNumber() {
        refuses(withLine(4, "12 abc"), "point 5: \"abc\" is not a number");
        refuses(withLine(4, "NaN 3"), "point 5: \"NaN\" is not a number");
        refuses("[" + joined("[%s, \"7\"]", ",") + "]", "point 1: \"7\" is not a number");
    }

    @Test
    void refusesWhatIsNoPair() {
        refuses(withLine(67, "1 2 3"), "point 68: \"1 2 3\" is not \"x y\" or \"x,y\"");
        refuses("[" + joined("[%s, %s, 0]", ",") + "]", "point 1 is not a pair [x, y]");
    }

    @Test
    void refusesPointsOutsideOfThePicture() {
        refuses(withLine(2, "641 10"), "point 3 (641.0, 10.0) lies outside of the 640x480 picture");
        refuses(withLine(2, "10 -0.5"), "point 3 (10.0, -0.5) lies outside of the 640x480 picture");
        refuses(withLine(2, "1e99 5"), "point 3 (Infinity, 5.0) lies outside of the 640x480 picture");
    }

    @Test
    void refusesDamagedJson() {
        refuses("[[1, 2],\n[3", "the landmarks are not valid JSON (line 2)");
        refuses("{\"points\": []}", "the landmarks must be [[x, y], ...] or {\"landmarks\": [[x, y], ...]}");
    }

    @Test
    void refusesNothing() {
        refuses(" \n ", "the landmarks are empty");
    }

    private static void refuses(String text, String message) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> parse(text))
                .withMessage(message)
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(ProblemCode.INVALID_REQUEST);
                    assertThat(e.field()).isEqualTo("landmarks");
                });
    }

    private static Landmarks parse(String text) {
        return GivenLandmarks.parse(text, PICTURE);
    }

    private static String withLine(int index, String line) {
        String[] lines = joined("%s %s", "\n").split("\n");
        lines[index] = line;
        return String.join("\n", lines);
    }

    private static String joined(String form, String separator) {
        List<String> points = IntStream.range(0, 68)
                .mapToObj(i -> form.formatted(5 * i + 0.25, 480 - 7 * i))
                .toList();
        return String.join(separator, points);
    }

    private static float[] expected() {
        float[] xy = new float[136];
        for (int i = 0; i < 68; i++) {
            xy[2 * i] = 5 * i + 0.25f;
            xy[2 * i + 1] = 480 - 7 * i;
        }
        return xy;
    }
}
