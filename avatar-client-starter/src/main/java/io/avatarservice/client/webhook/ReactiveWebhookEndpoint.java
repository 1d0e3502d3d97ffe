package io.avatarservice.client.webhook;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Where providers call, in a WebFlux application.
 *
 * @since 0.1.0
 */
public final class ReactiveWebhookEndpoint {

    private final WebhookNotifications notifications;

    private ReactiveWebhookEndpoint(WebhookNotifications notifications) {
        this.notifications = notifications;
    }

    /** The route below {@code path}, which begins with a slash and does not end with one. */
    public static RouterFunction<ServerResponse> at(String path, WebhookNotifications notifications) {
        ReactiveWebhookEndpoint endpoint = new ReactiveWebhookEndpoint(notifications);
        return RouterFunctions.route()
                .POST(path + WebhookAddress.PATTERN, endpoint::handle)
                .build();
    }

    private Mono<ServerResponse> handle(ServerRequest request) {
        WebhookAddress address = new WebhookAddress(
                request.pathVariable("provider"), request.pathVariable("subscription"), request.pathVariable("token"));
        if (!notifications.knows(address)) {
            return answer(WebhookAnswer.UNKNOWN);
        }
        return body(request)
                .map(body -> notifications.receive(address, call(request, body)))
                .onErrorReturn(DataBufferLimitException.class, WebhookAnswer.TOO_LARGE)
                .flatMap(ReactiveWebhookEndpoint::answer);
    }

    private static Mono<byte[]> body(ServerRequest request) {
        return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), WebhookCall.MAX_BODY_BYTES)
                .map(ReactiveWebhookEndpoint::copyAndRelease)
                .defaultIfEmpty(new byte[0]);
    }

    private static byte[] copyAndRelease(DataBuffer buffer) {
        try {
            byte[] copy = new byte[buffer.readableByteCount()];
            buffer.read(copy);
            return copy;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    private static WebhookCall call(ServerRequest request, byte[] body) {
        ServerRequest.Headers headers = request.headers();
        return new WebhookCall(
                headers.firstHeader(WebhookCall.ID),
                headers.firstHeader(WebhookCall.TIMESTAMP),
                headers.firstHeader(WebhookCall.SIGNATURE),
                body);
    }

    private static Mono<ServerResponse> answer(WebhookAnswer answer) {
        return ServerResponse.status(answer.status()).build();
    }
}
