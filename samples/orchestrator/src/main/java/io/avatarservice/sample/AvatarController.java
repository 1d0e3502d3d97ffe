package io.avatarservice.sample;

import io.avatarservice.client.AvatarClient;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.MediaSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * {@code POST /avatars}: a portrait and a speech recording in, progress and the video's address out, as one line of JSON
 * per change:
 *
 * <pre>{@code
 * curl -N -F portrait=@portrait.png -F speech=@speech.wav http://localhost:8080/avatars
 * {"status":"queued","progress":0.0}
 * {"status":"running","stage":"rendering","progress":0.4}
 * {"status":"completed","progress":1.0,"videoUrl":"http://localhost:8001/media/….mp4"}
 * }</pre>
 *
 * <p>A request that is refused is answered with a problem (RFC 9457, see {@link AvatarProblems}). A render that fails
 * later ends with a line that says why, because the status of the answer is already out. A client that hangs up cancels
 * its render.
 */
@RestController
class AvatarController {

    private static final int MAX_UPLOAD_BYTES = 32 * 1024 * 1024;

    private final AvatarClient avatars;

    AvatarController(AvatarClient avatars) {
        this.avatars = avatars;
    }

    @PostMapping(
            path = "/avatars",
            consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
            produces = MediaType.APPLICATION_NDJSON_VALUE)
    Flux<AvatarProgress> create(
            @RequestPart FilePart portrait,
            @RequestPart FilePart speech,
            @RequestPart(required = false) @Nullable String driver) {
        return Mono.zip(content(portrait), content(speech))
                .map(media -> AvatarRequest.builder(media.getT1(), media.getT2())
                        .driver(driver)
                        .build())
                .flatMapMany(avatars::watch)
                .map(AvatarProgress::of)
                .switchOnFirst((first, progress) -> first.hasValue()
                        ? progress.onErrorResume(
                                AvatarException.class, failure -> Mono.just(AvatarProgress.of(failure)))
                        : progress);
    }

    private static Mono<MediaSource> content(FilePart part) {
        return DataBufferUtils.join(part.content(), MAX_UPLOAD_BYTES).map(AvatarController::media);
    }

    private static MediaSource media(DataBuffer buffer) {
        byte[] content = new byte[buffer.readableByteCount()];
        buffer.read(content);
        DataBufferUtils.release(buffer);
        return MediaSource.bytes(content);
    }
}
