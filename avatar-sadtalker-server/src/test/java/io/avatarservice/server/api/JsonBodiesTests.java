package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;

class JsonBodiesTests {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    @Test
    void aSmallBodyStaysInMemory() {
        assertThat(receive(new JsonBodies(100), request("{}", 2))).isEqualTo("{} with 0 files");
    }

    @Test
    void aBodyThatDoesNotSayItsLengthLiesInAFile() {
        assertThat(receive(new JsonBodies(100), request("{}", -1))).isEqualTo("{} with 1 files");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aLargeBodyLiesInAFile() {
        String large = " ".repeat((1 << 20) + 1);

        assertThat(receive(new JsonBodies(Integer.MAX_VALUE), request(large, large.length())))
                .isEqualTo(large + " with 1 files");
    }

    @Test
    void aBodyIsReadAsOftenAsItIsOpened() {
        JsonBodies bodies = new JsonBodies(100);

        assertThat(bodies.receive(request("{}", 2), directory, body -> text(body) + text(body))
                        .block(LONGEST))
                .isEqualTo("{}{}");
    }

    @Test
    void noBodyIsAnEmptyOne() {
        assertThat(receive(new JsonBodies(100), request("", 0))).isEqualTo(" with 0 files");
    }

    @Test
    void bodiesForWhichNoMemoryIsLeftLieInFiles() {
        JsonBodies bodies = new JsonBodies(3);

        String outer = bodies.receive(request("{}", 2), directory, body -> receive(bodies, request("[]", 2)))
                .block(LONGEST);

        assertThat(outer).isEqualTo("[] with 1 files");
        assertThat(receive(bodies, request("{}", 2))).as("it is free again").isEqualTo("{} with 0 files");
    }

    @Test
    void memoryIsFreeAgainAfterFailures() {
        JsonBodies bodies = new JsonBodies(2);
        for (int i = 0; i < 2; i++) {
            assertThatIOException()
                    .isThrownBy(() -> unwrapped(bodies, body -> {
                        throw new IOException("bad");
                    }))
                    .withMessage("bad");
        }

        assertThat(receive(bodies, request("{}", 2))).isEqualTo("{} with 0 files");
    }

    private void unwrapped(JsonBodies bodies, JsonBodies.Use<String> use) throws Throwable {
        try {
            bodies.receive(request("{}", 2), directory, use).block(LONGEST);
        } catch (RuntimeException e) {
            throw Exceptions.unwrap(e);
        }
    }

    /** The body, and how many files there are while it is read. */
    private String receive(JsonBodies bodies, ServerHttpRequest request) {
        return bodies.receive(request, directory, body -> text(body) + " with " + files() + " files")
                .blockOptional(LONGEST)
                .orElseThrow();
    }

    private long files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(JsonBody body) throws IOException {
        try (InputStream in = body.open()) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static ServerHttpRequest request(String body, long length) {
        MockServerHttpRequest.BodyBuilder request = MockServerHttpRequest.post("/v1/jobs");
        return (length < 0 ? request : request.contentLength(length))
                .body(Flux.just(body)
                        .filter(text -> !text.isEmpty())
                        .map(text -> DefaultDataBufferFactory.sharedInstance.wrap(
                                text.getBytes(StandardCharsets.US_ASCII))));
    }
}
