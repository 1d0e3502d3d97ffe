package io.avatarservice.server.webhook;

import io.avatarservice.server.fetch.FetchGuard;
import io.avatarservice.server.fetch.RefusedUrlException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Makes one call: connects to allowed addresses only, follows no redirect, sends no credentials. Nothing that it returns or
 * throws contains the URL.
 */
final class WebhookSender {

    // What is read of an answer, so that a receiver that writes one is not cut off; nothing of it is kept.
    private static final int LONGEST_ANSWER = 4096;
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(1);

    private final FetchGuard guard;
    private final HttpClient client;
    private final Duration timeout;
    private final Clock clock;
    private final Sinks.Empty<Void> stop = Sinks.empty();

    WebhookSender(FetchGuard guard, WebhookProperties properties, Clock clock) {
        this.guard = guard;
        this.client = guard.client().keepAlive(false).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                properties.connectTimeout().toMillis());
        this.timeout = properties.timeout();
        this.clock = clock;
    }

    /**
     * Makes the call. Blocks for the timeout at most.
     *
     * @return what came of it; empty where the sender was stopped before it knew
     */
    Optional<WebhookAnswer> send(WebhookMessage message) {
        // takeUntilOther ends the call without interrupting this thread, which has the database open
        return post(message)
                .timeout(timeout)
                .onErrorResume(failure -> Mono.just(WebhookAnswer.none(reason(failure))))
                .takeUntilOther(stop.asMono())
                .blockOptional();
    }

    /** Breaks off the calls that go on, and those to come. */
    void stop() {
        stop.tryEmitEmpty();
    }

    private Mono<WebhookAnswer> post(WebhookMessage message) {
        return Mono.fromCallable(() -> guard.check(message.url().toString()))
                .flatMap(url -> client.headers(headers -> headers(headers, message))
                        .post()
                        .uri(url)
                        .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(message.body())))
                        .response((response, body) -> drained(body).thenMany(Mono.fromSupplier(() -> answer(response))))
                        .single());
    }

    private static void headers(HttpHeaders headers, WebhookMessage message) {
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.CONTENT_LENGTH, message.body().length)
                .set("webhook-id", message.id())
                .set("webhook-timestamp", message.timestamp())
                .set("webhook-signature", message.signatures());
    }

    /** The status is the answer, whatever becomes of the rest. */
    private static Mono<Void> drained(ByteBufFlux body) {
        return body.map(ByteBuf::readableBytes)
                .scan(Integer::sum)
                .takeUntil(read -> read >= LONGEST_ANSWER)
                .then()
                .timeout(ANSWER_PATIENCE, Mono.empty())
                .onErrorResume(brokenOff -> Mono.empty());
    }

    private WebhookAnswer answer(HttpClientResponse response) {
        String retryAfter = response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER);
        return WebhookAnswer.of(response.status().code(), RetryAfter.parse(retryAfter, clock.instant()));
    }

    private String reason(Throwable failure) {
        Throwable cause = Exceptions.unwrap(failure);
        if (cause instanceof RefusedUrlException refused) {
            return refused.reason();
        }
        if (cause instanceof TimeoutException) {
            return "the receiver did not answer within " + timeout.toMillis() + " ms";
        }
        if (cause instanceof UnknownHostException) {
            return "the host of the receiver is unknown";
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return "the receiver does not accept connections";
        }
        if (cause instanceof SSLException) {
            return "no secure connection can be made to the receiver";
        }
        return "the connection to the receiver broke off";
    }
}
