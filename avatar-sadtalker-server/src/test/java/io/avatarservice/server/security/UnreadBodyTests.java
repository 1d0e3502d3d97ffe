package io.avatarservice.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class UnreadBodyTests {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AtomicInteger read = new AtomicInteger();

    @Test
    void isReadToItsEnd() {
        Flux<DataBuffer> body = Flux.range(0, 5).map(UnreadBodyTests::chunk).doOnNext(chunk -> read.incrementAndGet());

        StepVerifier.create(UnreadBody.dropped(MockServerHttpRequest.post("/").body(body)))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(read).hasValue(5);
    }

    @Test
    void isNotWaitedForLongerThanItIsWorth() {
        StepVerifier.withVirtualTime(
                        () -> UnreadBody.dropped(MockServerHttpRequest.post("/").body(Flux.never())))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(9_999))
                .thenAwait(Duration.ofMillis(1))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void isNotReadForEver() {
        byte[] megabyte = new byte[1 << 20];
        Flux<DataBuffer> endless = Flux.<DataBuffer>generate(
                        sink -> sink.next(DefaultDataBufferFactory.sharedInstance.wrap(megabyte)))
                .doOnNext(chunk -> read.incrementAndGet());

        StepVerifier.create(UnreadBody.dropped(MockServerHttpRequest.post("/").body(endless)))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(read).hasValueBetween(64, 65);
    }

    @Test
    void isNotAskedForWhereTheClientWaits() {
        Flux<DataBuffer> body = Flux.<DataBuffer>never().doOnSubscribe(subscription -> read.incrementAndGet());

        StepVerifier.create(UnreadBody.dropped(MockServerHttpRequest.post("/")
                        .header(HttpHeaders.EXPECT, "100-continue")
                        .body(body)))
                .expectComplete()
                .verify(PATIENCE);

        assertThat(read).hasValue(0);
    }

    @Test
    void failsWithoutNotice() {
        Flux<DataBuffer> broken = Flux.error(new IllegalStateException("the client is gone"));

        StepVerifier.create(UnreadBody.dropped(MockServerHttpRequest.post("/").body(broken)))
                .expectComplete()
                .verify(PATIENCE);
    }

    private static DataBuffer chunk(int number) {
        return DefaultDataBufferFactory.sharedInstance.wrap(("chunk " + number).getBytes(StandardCharsets.UTF_8));
    }
}
