package io.avatarservice.client.sadtalker;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shapes on the wire. Every property is named here, so that the application's own naming strategy does not matter,
 * and all of them may be missing: a newer or older server must not break the client.
 */
final class SadTalkerWire {

    private SadTalkerWire() {}

    /** A submit whose media are all addresses. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Submit(
            @JsonProperty("image_url") String imageUrl,
            @JsonProperty("audio_url") @Nullable String audioUrl,
            @JsonProperty("driving_video_url") @Nullable String drivingVideoUrl,
            @JsonProperty("driver") @Nullable String driver,
            @JsonProperty("options") Map<String, Object> options,
            @JsonProperty("webhook_url") @Nullable String webhookUrl) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Job(
            @JsonProperty("id") @Nullable String id,
            @JsonProperty("status") @Nullable String status,
            @JsonProperty("driver") @Nullable String driver,
            @JsonProperty("stage") @Nullable String stage,
            @JsonProperty("progress") @Nullable Double progress,
            @JsonProperty("queue_position") @Nullable Integer queuePosition,
            @JsonProperty("result") @Nullable Result result,
            @JsonProperty("error") @Nullable JobError error) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Result(
            @JsonProperty("video_url") @Nullable String videoUrl,
            @JsonProperty("expires_at") @Nullable String expiresAt,
            @JsonProperty("content_type") @Nullable String contentType,
            @JsonProperty("size_bytes") @Nullable Long sizeBytes,
            @JsonProperty("duration_seconds") @Nullable Double durationSeconds,
            @JsonProperty("width") @Nullable Integer width,
            @JsonProperty("height") @Nullable Integer height,
            @JsonProperty("frame_rate") @Nullable Double frameRate) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record JobError(
            @JsonProperty("code") @Nullable String code,
            @JsonProperty("message") @Nullable String message,
            @JsonProperty("field") @Nullable String field) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Health(@JsonProperty("ok") @Nullable Boolean ok) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Drivers(@JsonProperty("drivers") @Nullable List<@Nullable Driver> drivers) {

        static final Drivers NONE = new Drivers(null);
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Driver(
            @JsonProperty("name") @Nullable String name,
            @JsonProperty("ready") @Nullable Boolean ready) {}

    /** RFC 9457, with the members that our server adds. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Problem(
            @JsonProperty("title") @Nullable String title,
            @JsonProperty("detail") @Nullable String detail,
            @JsonProperty("code") @Nullable String code,
            @JsonProperty("errors") @Nullable List<@Nullable ProblemField> errors) {

        static final Problem NONE = new Problem(null, null, null, null);
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record ProblemField(
            @JsonProperty("field") @Nullable String field,
            @JsonProperty("message") @Nullable String message) {}
}
