package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.EOFException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;

class UploadBodyTests {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final DataSize LIMIT = DataSize.ofBytes(10);

    @Test
    void passesOnWhatIsWithinTheLimit() {
        StepVerifier.create(body(buffers(5, 5)))
                .expectNextCount(2)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void endsAtTheBufferThatGoesOverTheLimit() {
        StepVerifier.create(body(buffers(5, 6)))
                .expectNextCount(1)
                .expectErrorSatisfies(UploadBodyTests::isTooLarge)
                .verify(PATIENCE);
    }

    @Test
    void readsNothingWhereTheRequestAnnouncesTooMuch() {
        PublisherProbe<DataBuffer> unread = PublisherProbe.of(buffers(5, 6));
        MockServerHttpRequest request =
                MockServerHttpRequest.post("/v1/jobs").contentLength(11).body(unread.flux());

        StepVerifier.create(new UploadBody(request, LIMIT).getBody())
                .expectErrorSatisfies(UploadBodyTests::isTooLarge)
                .verify(PATIENCE);
        unread.assertWasNotSubscribed();
    }

    @Test
    void tellsNobodyOfAClientThatWentAway() {
        Flux<DataBuffer> broken = buffers(5).concatWith(Flux.error(new EOFException("the connection is gone")));

        StepVerifier.withVirtualTime(() -> body(broken))
                .expectNextCount(1)
                .expectNoEvent(Duration.ofMinutes(1))
                .thenCancel()
                .verify(PATIENCE);
    }

    private static Flux<DataBuffer> body(Flux<DataBuffer> content) {
        return new UploadBody(MockServerHttpRequest.post("/v1/jobs").body(content), LIMIT).getBody();
    }

    private static Flux<DataBuffer> buffers(int... sizes) {
        return Flux.fromStream(
                Arrays.stream(sizes).mapToObj(size -> DefaultDataBufferFactory.sharedInstance.wrap(new byte[size])));
    }

    private static void isTooLarge(Throwable error) {
        assertThat(error).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.PAYLOAD_TOO_LARGE);
            assertThat(problem.field()).isEqualTo("body");
            assertThat(problem.getMessage()).contains("10");
        });
    }
}
