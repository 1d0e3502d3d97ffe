package io.avatarservice.server.driver.facevid2vid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FrameQueueTests {

    @Test
    void framesComeInOrderAndThenNothing() throws InterruptedException {
        List<Byte> taken = new ArrayList<>();
        try (FrameQueue queue = new FrameQueue(2, frames(5))) {
            for (List<byte[]> next = queue.take(3); !next.isEmpty(); next = queue.take(3)) {
                assertThat(next).hasSizeBetween(1, 3);
                next.forEach(frame -> taken.add(frame[0]));
            }
            assertThat(queue.take(3)).isEmpty();
        }

        assertThat(taken).containsExactly((byte) 0, (byte) 1, (byte) 2, (byte) 3, (byte) 4);
    }

    @Test
    void theMakerIsNoMoreThanTheQueueAhead() throws InterruptedException {
        AtomicInteger made = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(3);
        Consumer<Consumer<byte[]>> source = taker -> {
            for (int i = 0; i < 10; i++) {
                made.incrementAndGet();
                full.countDown();
                taker.accept(new byte[1]);
            }
        };
        try (FrameQueue queue = new FrameQueue(2, source)) {
            full.await();

            assertThat(made).hasValue(3);
            assertThat(queue.take(1)).hasSize(1);
        }
    }

    @Test
    void framesMadeBeforeAFailureComeFirst() throws InterruptedException {
        Consumer<Consumer<byte[]>> source = taker -> {
            taker.accept(new byte[1]);
            throw new IllegalArgumentException("no more");
        };
        try (FrameQueue queue = new FrameQueue(2, source)) {
            assertThat(queue.take(2)).hasSize(1);
            assertThatIllegalArgumentException().isThrownBy(() -> queue.take(2)).withMessage("no more");
        }
    }

    @Test
    void anErrorOfTheMakerIsToldToo() {
        try (FrameQueue queue = new FrameQueue(2, taker -> {
            throw new UnsatisfiedLinkError("no PyTorch");
        })) {
            assertThatThrownBy(() -> queue.take(1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasCauseInstanceOf(UnsatisfiedLinkError.class);
        }
    }

    @Test
    void closingStopsAMakerThatWaits() {
        CompletableFuture<Thread> maker = new CompletableFuture<>();
        FrameQueue queue = new FrameQueue(1, taker -> {
            maker.complete(Thread.currentThread());
            frames(1000).accept(taker);
        });
        Thread thread = maker.join();

        queue.close();

        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void closingKeepsTheInterruptOfWhoeverCloses() {
        FrameQueue queue = new FrameQueue(1, frames(1000));
        Thread.currentThread().interrupt();

        queue.close();

        assertThat(Thread.interrupted()).isTrue();
    }

    private static Consumer<Consumer<byte[]>> frames(int count) {
        return taker -> {
            for (int i = 0; i < count; i++) {
                taker.accept(new byte[] {(byte) i});
            }
        };
    }
}
