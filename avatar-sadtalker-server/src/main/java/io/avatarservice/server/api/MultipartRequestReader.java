package io.avatarservice.server.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.avatarservice.server.media.MediaProperties;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.avatarservice.server.webhook.WebhookService;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads a multipart request body part by part; files go straight to disk. */
final class MultipartRequestReader {

    private static final DataSize LONGEST_TEXT = DataSize.ofKilobytes(64);
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final ObjectMapper mapper = JsonMapper.builder().build();
    private final DataSize longestInline;
    private final MediaProperties limits;
    private final Set<String> videoOptions;

    /**
     * @param longestInline most bytes of an input in Base64
     * @param limits of the decoded inputs, and of those that come as files
     * @param videoOptions names of the drivers' options that are videos
     */
    MultipartRequestReader(DataSize longestInline, MediaProperties limits, Set<String> videoOptions) {
        this.videoOptions = Set.copyOf(videoOptions);
        this.longestInline = longestInline;
        this.limits = limits;
    }

    Mono<RequestDraft> read(Flux<PartEvent> events, RequestDraft draft) {
        Refusal refusal = new Refusal();
        Set<String> seen = new HashSet<>();
        return events.onErrorResume(broken -> {
                    refusal.because(broken);
                    return Flux.empty(); // ends the open part too, so that only one of them fails
                })
                .windowUntil(PartEvent::isLast)
                .concatMap(part -> part.<Void>switchOnFirst((first, rest) -> {
                            PartEvent head = first.get();
                            return head == null
                                    ? rest.then()
                                    : read(head.name(), rest.map(PartEvent::content), refusal, draft, seen);
                        })
                        .onErrorResume(wrong -> {
                            refusal.because(wrong);
                            return Mono.empty();
                        }))
                .doOnDiscard(PartEvent.class, event -> DataBufferUtils.release(event.content()))
                .then(refusal.orElse(draft));
    }

    private Mono<Void> read(
            String name, Flux<DataBuffer> content, Refusal refusal, RequestDraft draft, Set<String> seen) {
        if (!seen.add(name)) {
            return refusal.of(
                    content,
                    new ProblemException(
                            ProblemCode.INVALID_REQUEST, name, "the part " + name + " was sent more than once"));
        }
        if (videoOptions.contains(name)) {
            return video(name, refusal.beyond(limits.maxVideoBytes(), name, content), draft);
        }
        return switch (name) {
            case "image" -> file(InputKind.IMAGE, content, refusal, draft);
            case "audio" -> file(InputKind.AUDIO, content, refusal, draft);
            case "driving_video" -> file(InputKind.DRIVING_VIDEO, content, refusal, draft);
            case "image_b64" -> base64(InputKind.IMAGE, content, refusal, draft);
            case "audio_b64" -> base64(InputKind.AUDIO, content, refusal, draft);
            case "driving_video_b64" -> base64(InputKind.DRIVING_VIDEO, content, refusal, draft);
            case "image_url" -> text(content, name, refusal, url -> draft.addUrl(InputKind.IMAGE, url));
            case "audio_url" -> text(content, name, refusal, url -> draft.addUrl(InputKind.AUDIO, url));
            case "driving_video_url" -> text(content, name, refusal, url -> draft.addUrl(InputKind.DRIVING_VIDEO, url));
            case WebhookService.FIELD -> text(content, name, refusal, draft::webhook);
            case "driver" -> text(content, name, refusal, driver -> draft.driver(driver.strip()));
            case "options" -> text(content, name, refusal, json -> draft.options(options(json)));
            case RequestTerms.PRIORITY, RequestTerms.TTL, RequestTerms.DEADLINE ->
                text(content, name, refusal, value -> draft.terms().set(name, value));
            default -> refusal.of(content, RequestDraft.unknownFields(List.of(name)));
        };
    }

    private Mono<Void> file(InputKind kind, Flux<DataBuffer> content, Refusal refusal, RequestDraft draft) {
        Flux<DataBuffer> allowed = refusal.beyond(kind.limit(limits), kind.part(), content);
        return DataBufferUtils.write(allowed, draft.fileFor(kind))
                .then(Blocking.run(() -> draft.addFile(kind, kind.part())));
    }

    private static Mono<Void> video(String option, Flux<DataBuffer> content, RequestDraft draft) {
        return DataBufferUtils.write(content, draft.fileFor(option)).then(Blocking.run(() -> draft.addVideo(option)));
    }

    private Mono<Void> base64(InputKind kind, Flux<DataBuffer> content, Refusal refusal, RequestDraft draft) {
        Path text = draft.directory().path().resolve(kind.base64());
        return DataBufferUtils.write(refusal.beyond(longestInline, kind.base64(), content), text)
                .then(Blocking.call(() -> decode(text, kind, draft)))
                .then();
    }

    private Path decode(Path text, InputKind kind, RequestDraft draft) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(text))) {
            new Base64Field(kind.base64(), kind.limit(limits)).decode(in, draft.fileFor(kind));
        }
        Files.delete(text);
        draft.addFile(kind, kind.base64());
        return draft.fileFor(kind);
    }

    private static Mono<Void> text(Flux<DataBuffer> content, String name, Refusal refusal, Consumer<String> use) {
        return DataBufferUtils.join(refusal.beyond(LONGEST_TEXT, name, content))
                .doOnNext(buffer -> {
                    String text = buffer.toString(StandardCharsets.UTF_8);
                    DataBufferUtils.release(buffer);
                    use.accept(text);
                })
                .then();
    }

    private Map<String, Object> options(String json) {
        try {
            return mapper.readValue(json, OBJECT);
        } catch (JsonProcessingException e) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, "options", "options must be a JSON object", e);
        }
    }
}
