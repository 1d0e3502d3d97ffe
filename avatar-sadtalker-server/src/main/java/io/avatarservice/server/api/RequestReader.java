package io.avatarservice.server.api;

import io.avatarservice.server.driver.DriverRegistry;
import io.avatarservice.server.job.WorkDirectory;
import io.avatarservice.server.media.MediaProperties;
import io.avatarservice.server.storage.ObjectReader;
import java.util.Arrays;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Reads the body of a render request, whichever of the two media types it has. */
@Component
class RequestReader {

    // the parts' headers, and the other text parts
    private static final DataSize AROUND_INPUTS = DataSize.ofMegabytes(1);

    private final ServerProperties properties;
    private final MediaProperties limits;
    private final JsonBodies bodies;
    private final JsonRequestReader json;
    private final MultipartRequestReader multipart;
    private final ServerCodecConfigurer codecs;
    private final ObjectReader objects;
    private final int videos;

    RequestReader(
            ServerProperties properties,
            MediaProperties limits,
            JsonBodies bodies,
            DriverRegistry drivers,
            ServerCodecConfigurer codecs,
            ObjectReader objects) {
        this.properties = properties;
        this.limits = limits;
        this.bodies = bodies;
        this.json = new JsonRequestReader(limits);
        this.multipart = new MultipartRequestReader(properties.maxJsonSize(), limits, drivers.videoOptions());
        this.videos = drivers.videoOptions().size();
        this.codecs = codecs;
        this.objects = objects;
    }

    /** Reads the body into {@code directory}; the content type is known to be one of the two. */
    Mono<RequestDraft> read(ServerWebExchange exchange, WorkDirectory directory) {
        RequestDraft draft = new RequestDraft(directory, objects);
        ServerHttpRequest request = exchange.getRequest();
        if (!MediaType.MULTIPART_FORM_DATA.isCompatibleWith(request.getHeaders().getContentType())) {
            return bodies.receive(
                    new UploadBody(request, properties.maxJsonSize()),
                    directory.path(),
                    body -> json.read(body, draft));
        }
        ServerWebExchange form = exchange.mutate()
                .request(new UploadBody(request, largestForm()))
                .build();
        return multipart.read(ServerRequest.create(form, codecs.getReaders()).bodyToFlux(PartEvent.class), draft);
    }

    /** A form with all inputs, whichever way they come, and what is around them. */
    private DataSize largestForm() {
        InputKind[] kinds = InputKind.values();
        long inputs = Arrays.stream(kinds)
                .mapToLong(kind -> kind.limit(limits).toBytes())
                .sum();
        return DataSize.ofBytes(
                Math.max(inputs, kinds.length * properties.maxJsonSize().toBytes())
                        + videos * limits.maxVideoBytes().toBytes()
                        + AROUND_INPUTS.toBytes());
    }
}
