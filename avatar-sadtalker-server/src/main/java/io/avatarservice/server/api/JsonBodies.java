package io.avatarservice.server.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Receives JSON bodies: small ones in memory, as long as these are few, all others in a file, so that requests of any allowed
 * size and number need the same memory.
 */
@Component
final class JsonBodies {

    private static final int LARGEST_IN_MEMORY = 1 << 20;
    // of the heap, for all bodies in memory together
    private static final int PART = 16;

    private final Semaphore bytes;

    JsonBodies() {
        this(Runtime.getRuntime().maxMemory() / PART);
    }

    /** @param bytes most that are in memory at a time */
    JsonBodies(long bytes) {
        this.bytes = new Semaphore((int) Math.min(bytes, Integer.MAX_VALUE));
    }

    /** Reads something from a body. Blocks. */
    interface Use<T> {

        T read(JsonBody body) throws IOException;
    }

    /**
     * Receives the body, and uses it; it is gone afterwards.
     *
     * @param directory where it may lie until then; what is left where something goes wrong is the directory's owner's
     */
    <T> Mono<T> receive(ServerHttpRequest request, Path directory, Use<T> use) {
        return Mono.defer(() -> {
            long length = request.getHeaders().getContentLength();
            return length >= 0 && length <= LARGEST_IN_MEMORY && bytes.tryAcquire((int) length)
                    ? Mono.using(() -> (int) length, taken -> inMemory(request, use), bytes::release)
                    : inFile(request, directory.resolve("request.json"), use);
        });
    }

    private static <T> Mono<T> inMemory(ServerHttpRequest request, Use<T> use) {
        return DataBufferUtils.join(request.getBody())
                .map(JsonBodies::content)
                .defaultIfEmpty(new byte[0])
                .flatMap(content -> Blocking.call(() -> use.read(() -> new ByteArrayInputStream(content))));
    }

    private static <T> Mono<T> inFile(ServerHttpRequest request, Path file, Use<T> use) {
        return DataBufferUtils.write(request.getBody(), file).then(Blocking.call(() -> {
            T result = use.read(() -> Files.newInputStream(file));
            Files.delete(file);
            return result;
        }));
    }

    private static byte[] content(DataBuffer buffer) {
        byte[] content = new byte[buffer.readableByteCount()];
        buffer.read(content);
        DataBufferUtils.release(buffer);
        return content;
    }
}
