package io.avatarservice.did;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;
import reactor.core.publisher.Mono;

/**
 * A body that can be written once. HTTP clients send a request again by themselves if its connection is reset, as Reactor
 * Netty does unless told otherwise; a submit sent twice would be rendered, and paid for, twice. Made for one exchange.
 */
final class SentOnce<T> implements BodyInserter<T, ClientHttpRequest> {

    private final BodyInserter<T, ? super ClientHttpRequest> body;
    private final AtomicBoolean sent = new AtomicBoolean();

    SentOnce(BodyInserter<T, ? super ClientHttpRequest> body) {
        this.body = body;
    }

    @Override
    public Mono<Void> insert(ClientHttpRequest request, Context context) {
        return sent.compareAndSet(false, true)
                ? body.insert(request, context)
                : Mono.error(() -> new IOException("the connection was reset after the request was sent"));
    }
}
