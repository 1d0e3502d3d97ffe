package io.avatarservice.server.security;

import java.time.Duration;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/**
 * The body of a request that is refused before anybody reads it. Clients that are answered while they send may give up the
 * rest of the body and use the connection for another request, which then waits for ever.
 */
public final class UnreadBody {

    /** Key in Reactor's context of a {@link Runnable} that is to learn at once that a request is refused. */
    public static final Object WHEN_REFUSED = UnreadBody.class;

    private static final DataSize MOST = DataSize.ofMegabytes(64);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private UnreadBody() {}

    /** Reads the body and drops it; within limits, and not where the client waits to be asked for it. Never fails. */
    public static Mono<Void> dropped(ServerHttpRequest request) {
        return Mono.deferContextual(context -> {
            context.<Runnable>getOrEmpty(WHEN_REFUSED).ifPresent(Runnable::run);
            return request.getHeaders().containsKey(HttpHeaders.EXPECT) ? Mono.empty() : drop(request);
        });
    }

    private static Mono<Void> drop(ServerHttpRequest request) {
        return DataBufferUtils.takeUntilByteCount(request.getBody(), MOST.toBytes())
                .doOnNext(DataBufferUtils::release)
                .then()
                .timeout(LONGEST, Mono.empty())
                .onErrorComplete();
    }
}
