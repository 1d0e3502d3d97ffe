package io.avatarservice.server.driver.sadtalker.face;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.avatarservice.server.driver.picture.Size;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads 68 landmarks that a user gives instead of having the face detected. They come as JSON, {@code [[x, y], ...]} or
 * {@code {"landmarks": [[x, y], ...]}}, or as text, one point a line with a blank or a comma between x and y. Pixels of
 * the upright picture, y downwards, iBUG 300-W order. Failures name the field {@code landmarks}.
 */
public final class GivenLandmarks {

    private static final String FIELD = "landmarks";

    /** Blanks, or one comma with blanks around it. */
    private static final Pattern SEPARATOR = Pattern.compile("\\s*,\\s*|\\s+");

    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

    private GivenLandmarks() {}

    /**
     * Reads a text.
     *
     * @param picture the size of the picture that the points must lie in
     * @throws ProblemException {@code INVALID_REQUEST}
     */
    public static Landmarks parse(String content, Size picture) {
        String text = content.strip();
        if (text.isEmpty()) {
            throw invalid("the landmarks are empty");
        }
        boolean json = text.startsWith("[") || text.startsWith("{");
        Landmarks landmarks = new Landmarks(json ? fromJson(text) : fromLines(text));
        for (int i = 0; i < Landmarks.POINTS; i++) {
            float x = landmarks.x(i);
            float y = landmarks.y(i);
            if (x < 0 || y < 0 || x > picture.width() || y > picture.height()) {
                throw invalid(String.format(
                        Locale.ROOT, "point %d (%.1f, %.1f) lies outside of the %s picture", i + 1, x, y, picture));
            }
        }
        return landmarks;
    }

    private static float[] fromJson(String text) {
        JsonNode points = array(text);
        checkCount(points.size());
        float[] xy = new float[2 * Landmarks.POINTS];
        for (int i = 0; i < Landmarks.POINTS; i++) {
            JsonNode point = points.get(i);
            if (!point.isArray() || point.size() != 2) {
                throw invalid("point %d is not a pair [x, y]".formatted(i + 1));
            }
            for (int axis = 0; axis < 2; axis++) {
                JsonNode value = point.get(axis);
                if (!value.isNumber()) {
                    throw invalid("point %d: %s is not a number".formatted(i + 1, shortened(value.toString())));
                }
                xy[2 * i + axis] = value.floatValue();
            }
        }
        return xy;
    }

    private static JsonNode array(String text) {
        JsonNode root;
        try {
            root = JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readTree(text);
        } catch (JsonProcessingException e) {
            throw invalid("the landmarks are not valid JSON (line %d)"
                    .formatted(e.getLocation() == null ? 1 : e.getLocation().getLineNr()));
        }
        JsonNode points = root.isObject() ? root.path(FIELD) : root;
        if (!points.isArray()) {
            throw invalid("the landmarks must be [[x, y], ...] or {\"landmarks\": [[x, y], ...]}");
        }
        return points;
    }

    private static float[] fromLines(String text) {
        String[] lines = text.lines().filter(line -> !line.isBlank()).toArray(String[]::new);
        checkCount(lines.length);
        float[] xy = new float[2 * Landmarks.POINTS];
        for (int i = 0; i < Landmarks.POINTS; i++) {
            String[] values = SEPARATOR.split(lines[i].strip(), -1);
            if (values.length != 2) {
                throw invalid("point %d: \"%s\" is not \"x y\" or \"x,y\"".formatted(i + 1, shortened(lines[i])));
            }
            for (int axis = 0; axis < 2; axis++) {
                if (!NUMBER.matcher(values[axis]).matches()) {
                    throw invalid("point %d: \"%s\" is not a number".formatted(i + 1, shortened(values[axis])));
                }
                xy[2 * i + axis] = Float.parseFloat(values[axis]);
            }
        }
        return xy;
    }

    private static void checkCount(int points) {
        if (points != Landmarks.POINTS) {
            throw invalid("%d landmarks are needed, there are %d".formatted(Landmarks.POINTS, points));
        }
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }

    private static ProblemException invalid(String message) {
        return new ProblemException(ProblemCode.INVALID_REQUEST, FIELD, message);
    }
}
