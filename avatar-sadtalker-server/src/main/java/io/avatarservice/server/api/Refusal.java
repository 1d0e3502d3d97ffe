package io.avatarservice.server.api;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Why a form is refused. It is remembered while the rest of the form is read and dropped: the client gets its answer
 * instead of a broken connection, and the parser, which does not give its buffers back when it is stopped in the middle,
 * comes to its end.
 */
final class Refusal {

    private final AtomicReference<@Nullable Throwable> reason = new AtomicReference<>();

    /** The first reason counts. */
    void because(Throwable wrong) {
        reason.compareAndSet(null, wrong);
    }

    /** A part up to the limit; what goes beyond it is dropped, and a reason. */
    Flux<DataBuffer> beyond(DataSize limit, String field, Flux<DataBuffer> part) {
        return Flux.defer(() -> {
            long[] total = new long[1];
            return part.handle((buffer, sink) -> {
                total[0] += buffer.readableByteCount();
                if (total[0] <= limit.toBytes()) {
                    sink.next(buffer);
                } else {
                    DataBufferUtils.release(buffer);
                    because(Limits.exceeded(field, limit));
                }
            });
        });
    }

    /** Drops a part. */
    Mono<Void> of(Flux<DataBuffer> part, Throwable wrong) {
        because(wrong);
        return part.doOnNext(DataBufferUtils::release).then();
    }

    /** Signals the reason, where there is one. */
    <T> Mono<T> orElse(T value) {
        return Mono.defer(() -> {
            Throwable wrong = reason.get();
            return wrong == null ? Mono.just(value) : Mono.error(wrong);
        });
    }
}
