package io.avatarservice.server.api;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.unit.DataSize;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Flux;

/** A request whose body has a limit, and whose client may go away. */
final class UploadBody extends ServerHttpRequestDecorator {

    private final DataSize limit;

    UploadBody(ServerHttpRequest request, DataSize limit) {
        super(request);
        this.limit = limit;
    }

    /** The body, or an error before the first byte is read where the request announces too many. */
    @Override
    public Flux<DataBuffer> getBody() {
        if (getHeaders().getContentLength() > limit.toBytes()) {
            return Flux.error(Limits.exceeded(Failure.BODY, limit));
        }
        return Limits.enforce(super.getBody(), Failure.BODY, limit)
                // A client that goes away cancels the whole exchange; nobody is left to be told of the broken body.
                .onErrorResume(DisconnectedClientHelper::isClientDisconnectedException, gone -> Flux.never());
    }
}
