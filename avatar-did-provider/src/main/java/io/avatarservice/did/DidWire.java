package io.avatarservice.did;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shapes on the wire. Every property is named here, so that the application's own naming strategy does not matter,
 * and all that is read may be missing. What D-ID does not document in one shape is an {@link Object}. No
 * {@code toString} shows an address or a key: a codec's log may call it.
 */
final class DidWire {

    private DidWire() {}

    /** A submit. What is {@code null} is left out. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Submit(
            @JsonProperty("source_url") String sourceUrl,
            @JsonProperty("script") Script script,
            @JsonProperty("config") Map<String, Object> config,
            @JsonProperty("driver_url") @Nullable String driverUrl,
            @JsonProperty("name") @Nullable String name,
            @JsonProperty("user_data") @Nullable String userData,
            @JsonProperty("webhook") @Nullable String webhook) {

        @Override
        public String toString() {
            return "Submit";
        }
    }

    record Script(
            @JsonProperty("type") String type,
            @JsonProperty("audio_url") String audioUrl) {

        @Override
        public String toString() {
            return "Script";
        }
    }

    /** A talk, as a submit, a look or a list tells of it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Talk(
            @JsonProperty("id") @Nullable String id,
            @JsonProperty("status") @Nullable String status,
            @JsonProperty("created_at") @Nullable String createdAt,
            @JsonProperty("name") @Nullable Object name,
            @JsonProperty("user_data") @Nullable Object userData,
            @JsonProperty("duration") @Nullable Object duration,
            @JsonProperty("metadata") @Nullable Object metadata,
            @JsonProperty("result_url") @Nullable String resultUrl,
            @JsonProperty("error") @Nullable Object error,
            @JsonProperty("message") @Nullable Object message) {

        /** Whether it shows what the client put there to recognize it by. */
        boolean recognizable() {
            return name != null || userData != null;
        }

        boolean isOf(String idempotencyKey) {
            return idempotencyKey.equals(userData) || idempotencyKey.equals(name);
        }

        @Override
        public String toString() {
            return "Talk[" + id + ", " + status + "]";
        }
    }

    /** A page of talks; the token asks for the next one. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Talks(
            @JsonProperty("talks") @Nullable List<Talk> talks,
            @JsonProperty("token") @Nullable String token) {}

    /** A medium that was uploaded. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Upload(
            @JsonProperty("id") @Nullable String id,
            @JsonProperty("url") @Nullable String url) {

        @Override
        public String toString() {
            return "Upload[" + id + "]";
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Credits(
            @JsonProperty("remaining") @Nullable Double remaining,
            @JsonProperty("total") @Nullable Double total) {}

    /** D-ID's error object, or its gateway's, which has a message only. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Problem(
            @JsonProperty("kind") @Nullable String kind,
            @JsonProperty("description") @Nullable String description,

            @JsonProperty("message") @JsonAlias("Message") @Nullable String message) {

        /** The answer of somebody else, in another shape. */
        static final Problem NONE = new Problem(null, null, null);

        /** Whether D-ID or its gateway said something, and not whoever else may listen at a mistaken address. */
        boolean understood() {
            return kind != null || message != null;
        }

        @Override
        public String toString() {
            return "Problem[" + kind + "]";
        }
    }
}
