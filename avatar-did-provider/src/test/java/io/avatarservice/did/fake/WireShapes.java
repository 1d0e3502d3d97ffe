package io.avatarservice.did.fake;

import com.github.tomakehurst.wiremock.common.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** D-ID's bodies as recorded in {@code io/avatarservice/did/wire}. */
final class WireShapes {

    private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

    private WireShapes() {}

    /** A changeable copy of a body. */
    static Map<String, Object> read(String name) {
        return parse(TEXTS.computeIfAbsent(name, WireShapes::text));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> parse(String json) {
        return Json.read(json, Map.class);
    }

    private static String text(String name) {
        String path = "/io/avatarservice/did/wire/" + name + ".json";
        try (InputStream body = WireShapes.class.getResourceAsStream(path)) {
            if (body == null) {
                throw new IllegalArgumentException("there is no " + path);
            }
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
