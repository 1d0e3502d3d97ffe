package io.avatarservice.server.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.avatarservice.server.media.MediaProperties;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.webhook.WebhookService;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Reads JSON request bodies. Inputs go straight to files: a request of any allowed size needs the same memory. */
final class JsonRequestReader {

    // Everything but the inputs is short: names, URLs, option values.
    private static final int LONGEST_TEXT = 16 * 1024;
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final ObjectMapper mapper = new ObjectMapper(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(LONGEST_TEXT)
                    .maxNameLength(256)
                    .maxNestingDepth(16)
                    .maxTokenCount(10_000)
                    .build())
            .build());

    private final MediaProperties limits;

    JsonRequestReader(MediaProperties limits) {
        this.limits = limits;
    }

    /** Reads one render request. */
    RequestDraft read(JsonBody body, RequestDraft draft) throws IOException {
        return parse(body, json -> {
            fields(json, body, draft);
            return draft;
        });
    }

    /** Does something with a JSON document. */
    interface Use<T> {

        /** The parser is at the start of the object that the document is; it is left at its end. */
        T read(JsonParser json) throws IOException;
    }

    /**
     * Opens a body.
     *
     * @throws ProblemException {@code INVALID_REQUEST} where it is not one JSON object
     */
    <T> T parse(JsonBody body, Use<T> use) throws IOException {
        try (InputStream in = body.open();
                JsonParser json = mapper.createParser(in)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new ProblemException(ProblemCode.INVALID_REQUEST, Failure.BODY, "the body must be a JSON object");
            }
            T result = use.read(json);
            if (json.nextToken() != null) {
                throw new ProblemException(
                        ProblemCode.INVALID_REQUEST, Failure.BODY, "the body has more than one JSON value");
            }
            return result;
        } catch (StreamReadException e) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    Failure.BODY,
                    "the body is not valid JSON: " + e.getOriginalMessage(),
                    e);
        }
    }

    /** Reads the fields of the object that the parser is in, up to its end. {@code body} is what the parser reads. */
    void fields(JsonParser json, JsonBody body, RequestDraft draft) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            if (json.nextToken() != JsonToken.VALUE_NULL) {
                read(field, json, body, draft);
            }
        }
    }

    private void read(String field, JsonParser json, JsonBody body, RequestDraft draft) throws IOException {
        switch (field) {
            case "image_url" -> draft.addUrl(InputKind.IMAGE, text(field, json));
            case "audio_url" -> draft.addUrl(InputKind.AUDIO, text(field, json));
            case "driving_video_url" -> draft.addUrl(InputKind.DRIVING_VIDEO, text(field, json));
            case "image_b64" -> base64(InputKind.IMAGE, json, body, draft);
            case "audio_b64" -> base64(InputKind.AUDIO, json, body, draft);
            case "driving_video_b64" -> base64(InputKind.DRIVING_VIDEO, json, body, draft);
            case WebhookService.FIELD -> draft.webhook(text(field, json));
            case "driver" -> draft.driver(text(field, json));
            case "options" -> draft.options(object(field, json));
            case RequestTerms.PRIORITY, RequestTerms.TTL -> draft.terms().set(field, number(field, json));
            case RequestTerms.DEADLINE -> draft.terms().set(field, text(field, json));
            default -> {
                draft.addUnknown(field);
                json.skipChildren();
            }
        }
    }

    private void base64(InputKind kind, JsonParser json, JsonBody body, RequestDraft draft) throws IOException {
        require(kind.base64(), json, JsonToken.VALUE_STRING, "a string");
        long quote = json.currentTokenLocation().getByteOffset();
        if (quote < 0) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, Failure.BODY, "the body must be JSON in UTF-8");
        }
        try (JsonTextStream text = new JsonTextStream(body, quote)) {
            new Base64Field(kind.base64(), kind.limit(limits)).decode(text, draft.fileFor(kind));
        }
        draft.addFile(kind, kind.base64());
    }

    private static String text(String field, JsonParser json) throws IOException {
        require(field, json, JsonToken.VALUE_STRING, "a string");
        return json.getText();
    }

    private static String number(String field, JsonParser json) throws IOException {
        require(field, json, JsonToken.VALUE_NUMBER_INT, "a whole number");
        return json.getText();
    }

    private static Map<String, Object> object(String field, JsonParser json) throws IOException {
        require(field, json, JsonToken.START_OBJECT, "a JSON object");
        return json.readValueAs(OBJECT);
    }

    private static void require(String field, JsonParser json, JsonToken expected, String what) {
        if (json.currentToken() != expected) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, field, field + " must be " + what);
        }
    }
}
