package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.avatarservice.client.fake.WireFiles;
import java.util.Map;
import java.util.Set;

/**
 * A body that the client's tests read: the server's own must have each of its fields, of the same type, and with the same
 * value where that does not differ from run to run.
 *
 * @param name of the file
 * @param json its content
 */
record WireFile(String name, JsonNode json) {

    private static final Set<String> VARYING = Set.of(
            "id",
            "driver",
            "progress",
            "created_at",
            "started_at",
            "finished_at",
            "video_url",
            "size_bytes",
            "timestamp",
            "detail",
            "message",
            "instance",
            "field");

    static WireFile read(String name) {
        try {
            return new WireFile(name, new JsonMapper().readTree(WireFiles.text(name)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(name + " is not JSON", e);
        }
    }

    /** Checks types and values. */
    void assertWrittenAs(JsonNode actual) {
        compare(name, json, actual, true);
    }

    /** Checks types only. */
    void assertShapedAs(JsonNode actual) {
        compare(name, json, actual, false);
    }

    private static void compare(String path, JsonNode expected, JsonNode actual, boolean values) {
        assertThat(actual.getNodeType()).as(path).isEqualTo(expected.getNodeType());
        for (Map.Entry<String, JsonNode> field : expected.properties()) {
            String name = field.getKey();
            assertThat(actual.has(name)).as("%s has %s", path, name).isTrue();
            compare(
                    path + "." + name,
                    field.getValue(),
                    actual.get(name),
                    values && !VARYING.contains(name) && !name.endsWith("_ms"));
        }
        if (expected.isArray()) {
            for (JsonNode element : expected) {
                compare(path + "[]", element, counterpart(path, element, actual), values);
            }
        } else if (values && expected.isValueNode()) {
            assertThat(actual).as(path).isEqualTo(expected);
        }
    }

    /** The element of the same name, or the first where elements have none. */
    private static JsonNode counterpart(String path, JsonNode expected, JsonNode actual) {
        for (JsonNode element : actual) {
            if (element.path("name").equals(expected.path("name"))) {
                return element;
            }
        }
        throw new AssertionError(path + " has no element like " + expected);
    }
}
