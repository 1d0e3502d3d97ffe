package io.avatarservice.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/** Sends submissions with one thread and little work, because the server that is measured shares the processors with it. */
final class LoadClient implements AutoCloseable {

    // A submission of 100 kB fits, so that none waits for this one thread to come round to it again, as none of as many
    // clients would.
    private static final int SEND_BUFFER = 256 * 1024;
    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(2);

    private final ObjectMapper mapper = new ObjectMapper();
    private final ConnectionProvider connections;
    private final LoopResources loop = LoopResources.create("load", 1, true);
    private final HttpClient http;

    /**
     * @param key API key, where the server asks for one
     * @param connections most that are open at a time
     */
    LoadClient(URI server, @Nullable String key, int connections) {
        this.connections = ConnectionProvider.builder("load")
                .maxConnections(connections)
                .pendingAcquireMaxCount(-1)
                .pendingAcquireTimeout(LONGEST_ANSWER)
                .build();
        HttpClient client = HttpClient.create(this.connections)
                .runOn(loop)
                .option(ChannelOption.SO_SNDBUF, SEND_BUFFER)
                .baseUrl(server.toString())
                .disableRetry(true) // a submission that is sent twice would be counted once
                .responseTimeout(LONGEST_ANSWER);
        this.http = key == null
                ? client
                : client.headers(headers -> headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + key));
    }

    /**
     * Submits a job.
     *
     * @param body not released
     * @param due when that should have been done, by the system's nanosecond clock
     */
    Mono<LoadAnswer> submit(ByteBuf body, long due) {
        Times times = new Times(due);
        return http.doOnRequest((request, connection) -> times.send())
                .headers(headers -> headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                        .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes()))
                .post()
                .uri("/v1/jobs")
                .send(Mono.fromSupplier(body::duplicate))
                .responseSingle((response, content) -> content.asByteArray()
                        .defaultIfEmpty(new byte[0])
                        .map(answer -> answer(response, answer, times)))
                .onErrorResume(failure -> Mono.just(times.answer(0, null, null)));
    }

    /** Cancels a job, or finds that it has ended. */
    Mono<Void> cancel(String job) {
        return http.delete().uri("/v1/jobs/" + job).response().then().onErrorComplete();
    }

    /**
     * Looks something up.
     *
     * @throws IOException where the server does not answer with JSON and 200
     */
    JsonNode get(String path) throws IOException {
        byte[] json = http.get()
                .uri(path)
                .responseSingle((response, content) -> response.status().code() == 200
                        ? content.asByteArray().defaultIfEmpty(new byte[0])
                        : content.then(
                                Mono.error(new IOException("GET " + path + " was answered with " + response.status()))))
                .onErrorMap(failure -> failure instanceof IOException ? failure : new IOException(failure))
                .blockOptional()
                .orElseThrow();
        return mapper.readTree(json);
    }

    @Override
    public void close() {
        connections.dispose();
        loop.dispose();
    }

    private LoadAnswer answer(HttpClientResponse response, byte[] body, Times times) {
        int status = response.status().code();
        String retryAfter = response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER);
        LoadAnswer answer = times.answer(status, retryAfter == null ? null : Long.valueOf(retryAfter), null);
        return answer.accepted() ? answer.withJob(id(body)) : answer;
    }

    private @Nullable String id(byte[] body) {
        try {
            return mapper.readTree(body).path("id").textValue();
        } catch (IOException e) {
            return null;
        }
    }

    /** Of one request, by the system's nanosecond clock. */
    private static final class Times {

        private final long due;
        private volatile long sent;

        Times(long due) {
            this.due = due;
            this.sent = due;
        }

        void send() {
            sent = System.nanoTime();
        }

        LoadAnswer answer(int status, @Nullable Long retryAfter, @Nullable String job) {
            long now = System.nanoTime();
            return new LoadAnswer(status, retryAfter, now - due, now - sent, job);
        }
    }
}
