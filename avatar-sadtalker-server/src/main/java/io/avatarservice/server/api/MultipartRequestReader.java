package io.avatarservice.server.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.avatarservice.server.media.MediaProperties;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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

    /**
     * @param longestInline most bytes of an input in Base64
     * @param limits of the decoded inputs, and of those that come as files
     */
    MultipartRequestReader(DataSize longestInline, MediaProperties limits) {
        this.longestInline = longestInline;
        this.limits = limits;
    }

    Mono<RequestDraft> read(Flux<PartEvent> events, RequestDraft draft) {
        Set<String> seen = new HashSet<>();
        AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
        return events.doOnError(broken::set)
                .windowUntil(PartEvent::isLast)
                .concatMap(part -> part.<Void>switchOnFirst((first, rest) -> {
                            PartEvent head = first.get();
                            return head == null
                                    ? rest.then()
                                    : read(head.name(), rest.map(PartEvent::content), draft, seen);
                        })
                        // a malformed body ends the open part and the stream of parts; one of them tells
                        .onErrorResume(error -> error == broken.get(), told -> Mono.empty()))
                .doOnDiscard(PartEvent.class, event -> DataBufferUtils.release(event.content()))
                .then(Mono.just(draft));
    }

    private Mono<Void> read(String name, Flux<DataBuffer> content, RequestDraft draft, Set<String> seen) {
        if (!seen.add(name)) {
            return refuse(
                    content,
                    new ProblemException(
                            ProblemCode.INVALID_REQUEST, name, "the part " + name + " was sent more than once"));
        }
        return switch (name) {
            case "image" -> file(InputKind.IMAGE, limits.maxImageBytes(), content, draft);
            case "audio" -> file(InputKind.AUDIO, limits.maxAudioBytes(), content, draft);
            case "image_b64" -> base64(InputKind.IMAGE, limits.maxImageBytes(), content, draft);
            case "audio_b64" -> base64(InputKind.AUDIO, limits.maxAudioBytes(), content, draft);
            case "image_url" -> text(name, content, url -> draft.addUrl(InputKind.IMAGE, url));
            case "audio_url" -> text(name, content, url -> draft.addUrl(InputKind.AUDIO, url));
            case "driver" -> text(name, content, driver -> draft.driver(driver.strip()));
            case "options" -> text(name, content, json -> draft.options(options(json)));
            default ->
                refuse(
                        content,
                        UnsupportedFields.contains(name)
                                ? UnsupportedFields.problem(name)
                                : RequestDraft.unknownFields(List.of(name)));
        };
    }

    private static Mono<Void> file(InputKind kind, DataSize limit, Flux<DataBuffer> content, RequestDraft draft) {
        return DataBufferUtils.write(Limits.enforce(content, kind.part(), limit), draft.fileFor(kind))
                .then(Blocking.run(() -> draft.addFile(kind, kind.part())));
    }

    private Mono<Void> base64(InputKind kind, DataSize limit, Flux<DataBuffer> content, RequestDraft draft) {
        String field = kind.base64();
        Path text = draft.directory().path().resolve(field);
        return DataBufferUtils.write(Limits.enforce(content, field, longestInline), text)
                .then(Blocking.call(() -> {
                    try (InputStream in = new BufferedInputStream(Files.newInputStream(text))) {
                        new Base64Field(field, limit).decode(in, draft.fileFor(kind));
                    }
                    Files.delete(text);
                    draft.addFile(kind, field);
                    return text;
                }))
                .then();
    }

    private static Mono<Void> text(String name, Flux<DataBuffer> content, Consumer<String> use) {
        return DataBufferUtils.join(Limits.enforce(content, name, LONGEST_TEXT))
                .doOnNext(buffer -> {
                    String text = buffer.toString(StandardCharsets.UTF_8);
                    DataBufferUtils.release(buffer);
                    use.accept(text);
                })
                .then();
    }

    /** Stops reading at once: the rest may be long. */
    private static Mono<Void> refuse(Flux<DataBuffer> content, ProblemException problem) {
        return content.take(1).doOnNext(DataBufferUtils::release).then(Mono.error(problem));
    }

    private Map<String, Object> options(String json) {
        try {
            return mapper.readValue(json, OBJECT);
        } catch (JsonProcessingException e) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, "options", "options must be a JSON object", e);
        }
    }
}
