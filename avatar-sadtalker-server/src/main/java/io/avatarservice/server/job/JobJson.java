package io.avatarservice.server.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.avatarservice.server.driver.RenderOptions;
import io.avatarservice.server.driver.RenderStage;
import io.avatarservice.server.driver.VideoFormat;
import io.avatarservice.server.media.FrameRate;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.storage.StoredVideo;
import io.avatarservice.server.storage.VideoKey;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a job that are stored as JSON. Every field is named here and none by reflection: a renamed class must not
 * make the rows of an earlier version unreadable. Unknown fields are left alone.
 */
final class JobJson {

    private static final TypeReference<Map<String, Object>> OPTIONS = new TypeReference<>() {};

    private final ObjectMapper mapper = JsonMapper.builder().build();

    String spec(JobSpec spec) {
        ObjectNode json = mapper.createObjectNode();
        json.put("driver", spec.driver());
        json.set("options", mapper.valueToTree(spec.options().values()));
        json.set("image", input(spec.image()));
        if (spec.audio() != null) {
            json.set("audio", input(spec.audio()));
        }
        if (spec.drivingVideo() != null) {
            json.set("driving_video", input(spec.drivingVideo()));
        }
        ObjectNode videos = json.putObject("videos");
        spec.videos().forEach((name, video) -> videos.set(name, input(video)));
        if (!spec.trace().isEmpty()) {
            json.set("trace", mapper.valueToTree(spec.trace()));
        }
        return json.toString();
    }

    /** {@code directory} holds the files of the inputs that were uploaded. */
    JobSpec spec(String text, WorkDirectory directory) {
        JsonNode json = read(text);
        Map<String, JobInput> videos = new LinkedHashMap<>();
        json.path("videos")
                .properties()
                .forEach(video -> videos.put(video.getKey(), input(video.getValue(), directory)));
        Map<String, String> trace = new LinkedHashMap<>();
        json.path("trace")
                .properties()
                .forEach(header -> trace.put(header.getKey(), header.getValue().asText()));
        return new JobSpec(
                json.required("driver").textValue(),
                new RenderOptions(mapper.convertValue(json.required("options"), OPTIONS)),
                input(json.required("image"), directory),
                optionalInput(json.path("audio"), directory),
                optionalInput(json.path("driving_video"), directory),
                videos,
                directory,
                trace);
    }

    @Nullable String result(@Nullable JobResult result) {
        if (result == null) {
            return null;
        }
        ObjectNode json = mapper.createObjectNode();
        json.putObject("video")
                .put("key", result.video().key().value())
                .put("content_type", result.video().contentType())
                .put("bytes", result.video().bytes());
        json.putObject("format")
                .put("width", result.format().width())
                .put("height", result.format().height())
                .put("frame_rate", result.format().frameRate().toString())
                .put("frame_count", result.format().frameCount());
        json.put("seconds", result.seconds());
        return json.toString();
    }

    @Nullable JobResult result(@Nullable String text) {
        if (text == null) {
            return null;
        }
        JsonNode json = read(text);
        JsonNode video = json.required("video");
        JsonNode format = json.required("format");
        return new JobResult(
                new StoredVideo(
                        new VideoKey(video.required("key").textValue()),
                        video.required("content_type").textValue(),
                        video.required("bytes").longValue()),
                new VideoFormat(
                        format.required("width").intValue(),
                        format.required("height").intValue(),
                        frameRate(format.required("frame_rate")),
                        format.required("frame_count").intValue()),
                json.required("seconds").doubleValue());
    }

    /** Rows of earlier versions have a whole number. */
    private static FrameRate frameRate(JsonNode json) {
        return json.isTextual() ? FrameRate.parse(json.textValue()) : FrameRate.of(json.intValue());
    }

    @Nullable String error(@Nullable JobError error) {
        if (error == null) {
            return null;
        }
        return mapper.createObjectNode()
                .put("code", error.code().name())
                .put("message", error.message())
                .put("field", error.field())
                .toString();
    }

    @Nullable JobError error(@Nullable String text) {
        if (text == null) {
            return null;
        }
        JsonNode json = read(text);
        return new JobError(
                ProblemCode.valueOf(json.required("code").textValue()),
                json.required("message").textValue(),
                json.path("field").textValue());
    }

    /** Milliseconds by stage. */
    String stageTimes(Map<RenderStage, Duration> times) {
        ObjectNode json = mapper.createObjectNode();
        times.forEach((stage, time) -> json.put(stage.wireName(), time.toMillis()));
        return json.toString();
    }

    Map<RenderStage, Duration> stageTimes(String text) {
        JsonNode json = read(text);
        Map<RenderStage, Duration> times = new EnumMap<>(RenderStage.class);
        for (RenderStage stage : RenderStage.values()) {
            if (json.has(stage.wireName())) {
                times.put(stage, Duration.ofMillis(json.get(stage.wireName()).longValue()));
            }
        }
        return times;
    }

    String leases(List<Lease> leases) {
        return mapper.valueToTree(leases.stream().map(Lease::toString).toList()).toString();
    }

    List<Lease> leases(String text) {
        return StreamSupport.stream(read(text).spliterator(), false)
                .map(lease -> Lease.parse(lease.textValue()))
                .toList();
    }

    private ObjectNode input(JobInput input) {
        ObjectNode json = mapper.createObjectNode().put("field", input.field());
        if (input instanceof JobInput.Uploaded uploaded) {
            Path name = uploaded.file().getFileName();
            return json.put("file", name == null ? "" : name.toString());
        }
        return json.put("url", ((JobInput.Remote) input).url().toString());
    }

    private static @Nullable JobInput optionalInput(JsonNode json, WorkDirectory directory) {
        return json.isMissingNode() ? null : input(json, directory);
    }

    private static JobInput input(JsonNode json, WorkDirectory directory) {
        String field = json.required("field").textValue();
        JsonNode file = json.get("file");
        return file != null
                ? new JobInput.Uploaded(field, directory.path().resolve(file.textValue()))
                : new JobInput.Remote(field, URI.create(json.required("url").textValue()));
    }

    private JsonNode read(String text) {
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException e) {
            // the text may hold signed URLs, and the parser's message quotes it
            throw new IllegalStateException("a row of avatar_job holds JSON that cannot be read");
        }
    }
}
