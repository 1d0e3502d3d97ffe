package io.avatarservice.server.api;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;

/** Size limits on what streams in. */
final class Limits {

    private Limits() {}

    /** The same buffers, with an error signal in place of the first one that goes over the limit. */
    static Flux<DataBuffer> enforce(Flux<DataBuffer> buffers, String field, DataSize limit) {
        AtomicLong total = new AtomicLong();
        Consumer<DataBuffer> count = buffer -> {
            if (total.addAndGet(buffer.readableByteCount()) > limit.toBytes()) {
                DataBufferUtils.release(buffer);
                throw exceeded(field, limit);
            }
        };
        return buffers.doOnNext(count);
    }

    static ProblemException exceeded(String field, DataSize limit) {
        return new ProblemException(
                ProblemCode.PAYLOAD_TOO_LARGE,
                field,
                String.format(Locale.ROOT, "%s has more bytes than the limit of %,d", field, limit.toBytes()));
    }
}
