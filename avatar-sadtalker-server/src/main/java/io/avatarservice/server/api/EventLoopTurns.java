package io.avatarservice.server.api;

import org.springframework.boot.web.embedded.netty.NettyServerCustomizer;
import org.springframework.stereotype.Component;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.server.HttpServer;

/**
 * Answers every call in a turn of its own on the event loop of its connection.
 *
 * <p>Reactor Netty 1.2.18 never again reads from a connection whose next call arrived before the last one had quite ended,
 * if that next call is answered at once, such as with a refusal: the client waits for ever
 * (<a href="https://github.com/reactor/reactor-netty/issues/4361">reactor-netty 4361</a>). In a later turn its queue of
 * calls is empty, and it reads on.
 */
@Component
class EventLoopTurns implements NettyServerCustomizer {

    @Override
    public HttpServer apply(HttpServer server) {
        return server.mapHandle((answer, connection) ->
                answer.subscribeOn(Schedulers.fromExecutor(connection.channel().eventLoop())));
    }
}
