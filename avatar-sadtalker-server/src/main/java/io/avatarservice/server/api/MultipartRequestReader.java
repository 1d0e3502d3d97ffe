package io.avatarservice.server.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.avatarservice.server.media.MediaProperties;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.nio.charset.StandardCharsets;
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
    private final MediaProperties limits;

    MultipartRequestReader(MediaProperties limits) {
        this.limits = limits;
    }

    Mono<RequestDraft> read(Flux<PartEvent> events, RequestDraft draft) {
        Set<String> seen = new HashSet<>();
        return events.windowUntil(PartEvent::isLast)
                .concatMap(part -> part.switchOnFirst((first, rest) -> {
                    PartEvent head = first.get();
                    return head == null ? rest.then() : read(head.name(), rest.map(PartEvent::content), draft, seen);
                }))
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
                .then(Mono.fromRunnable(() -> draft.addFile(kind, kind.part())));
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
