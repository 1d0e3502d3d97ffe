package io.avatarservice.client.webhook;

import java.io.IOException;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Where providers call, in a servlet application.
 *
 * @since 0.1.0
 */
public final class ServletWebhookEndpoint {

    private final WebhookNotifications notifications;

    private ServletWebhookEndpoint(WebhookNotifications notifications) {
        this.notifications = notifications;
    }

    /** The route below {@code path}, which begins with a slash and does not end with one. */
    public static RouterFunction<ServerResponse> at(String path, WebhookNotifications notifications) {
        ServletWebhookEndpoint endpoint = new ServletWebhookEndpoint(notifications);
        return RouterFunctions.route()
                .POST(path + WebhookAddress.PATTERN, endpoint::handle)
                .build();
    }

    private ServerResponse handle(ServerRequest request) throws IOException {
        WebhookAddress address = new WebhookAddress(
                request.pathVariable("provider"), request.pathVariable("subscription"), request.pathVariable("token"));
        return ServerResponse.status(answer(request, address).status()).build();
    }

    private WebhookAnswer answer(ServerRequest request, WebhookAddress address) throws IOException {
        if (!notifications.knows(address)) {
            return WebhookAnswer.UNKNOWN;
        }
        byte[] body = request.servletRequest().getInputStream().readNBytes(WebhookCall.MAX_BODY_BYTES + 1);
        if (body.length > WebhookCall.MAX_BODY_BYTES) {
            return WebhookAnswer.TOO_LARGE;
        }
        ServerRequest.Headers headers = request.headers();
        return notifications.receive(
                address,
                new WebhookCall(
                        headers.firstHeader(WebhookCall.ID),
                        headers.firstHeader(WebhookCall.TIMESTAMP),
                        headers.firstHeader(WebhookCall.SIGNATURE),
                        body));
    }
}
