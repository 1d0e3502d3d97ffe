package io.avatarservice.server.api;

import io.avatarservice.server.job.WorkDirectory;
import io.avatarservice.server.media.MediaProperties;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads the body of a render request, whichever of the two media types it has. */
@Component
class RequestReader {

    private final JsonRequestReader json;
    private final MultipartRequestReader multipart;
    private final ServerCodecConfigurer codecs;

    RequestReader(ServerProperties properties, MediaProperties limits, ServerCodecConfigurer codecs) {
        this.json = new JsonRequestReader(properties.maxJsonSize(), limits);
        this.multipart = new MultipartRequestReader(properties.maxJsonSize(), limits);
        this.codecs = codecs;
    }

    /** Reads the body into {@code directory}; the content type is known to be one of the two. */
    Mono<RequestDraft> read(ServerWebExchange exchange, WorkDirectory directory) {
        RequestDraft draft = new RequestDraft(directory);
        ServerHttpRequest body = new UntilDisconnected(exchange.getRequest());
        if (MediaType.MULTIPART_FORM_DATA.isCompatibleWith(body.getHeaders().getContentType())) {
            ServerRequest request =
                    ServerRequest.create(exchange.mutate().request(body).build(), codecs.getReaders());
            return multipart.read(request.bodyToFlux(PartEvent.class), draft);
        }
        return json.read(body, draft);
    }

    /**
     * A client that goes away cancels the whole exchange; that its body breaks off besides is no error to tell anyone,
     * and nobody is left to be told.
     */
    private static final class UntilDisconnected extends ServerHttpRequestDecorator {

        UntilDisconnected(ServerHttpRequest request) {
            super(request);
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return super.getBody()
                    .onErrorResume(DisconnectedClientHelper::isClientDisconnectedException, gone -> Flux.never());
        }
    }
}
