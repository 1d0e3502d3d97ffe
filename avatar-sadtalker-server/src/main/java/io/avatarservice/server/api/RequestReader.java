package io.avatarservice.server.api;

import io.avatarservice.server.job.WorkDirectory;
import io.avatarservice.server.media.MediaProperties;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Reads the body of a render request, whichever of the two media types it has. */
@Component
class RequestReader {

    private final JsonRequestReader json;
    private final MultipartRequestReader multipart;
    private final ServerCodecConfigurer codecs;

    RequestReader(ServerProperties properties, MediaProperties limits, ServerCodecConfigurer codecs) {
        this.json = new JsonRequestReader(properties.maxJsonSize(), limits);
        this.multipart = new MultipartRequestReader(limits);
        this.codecs = codecs;
    }

    /** Reads the body into {@code directory}; the content type is known to be one of the two. */
    Mono<RequestDraft> read(ServerWebExchange exchange, WorkDirectory directory) {
        RequestDraft draft = new RequestDraft(directory);
        MediaType type = exchange.getRequest().getHeaders().getContentType();
        if (MediaType.MULTIPART_FORM_DATA.isCompatibleWith(type)) {
            ServerRequest request = ServerRequest.create(exchange, codecs.getReaders());
            return multipart.read(request.bodyToFlux(PartEvent.class), draft);
        }
        return json.read(exchange.getRequest(), draft);
    }
}
