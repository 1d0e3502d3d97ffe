package io.avatarservice.did;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;

/** Answers without a network, so that virtual time is all the time there is. */
final class StubDid implements ExchangeFunction {

    private final Map<String, Queue<Answer>> answers = new ConcurrentHashMap<>();
    private final Queue<String> calls = new ConcurrentLinkedQueue<>();

    /** Answers a call, such as {@code GET /talks}; several line up, and the last one stays. */
    StubDid on(String call, int status, String body) {
        answers.computeIfAbsent(call, none -> new ConcurrentLinkedQueue<>()).add(new Answer(status, body));
        return this;
    }

    /** The calls that have come, in order. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public Mono<ClientResponse> exchange(ClientRequest request) {
        URI url = request.url();
        String query = url.getQuery() == null || !url.getQuery().contains("token=") ? "" : "?" + url.getQuery();
        String call = request.method() + " " + url.getPath() + query;
        calls.add(call);
        Queue<Answer> left = answers.getOrDefault(call, new ConcurrentLinkedQueue<>());
        Answer answer = left.size() > 1 ? left.poll() : left.peek();
        return answer == null
                ? Mono.error(() -> new AssertionError("not expected: " + call))
                : Mono.just(ClientResponse.create(HttpStatus.valueOf(answer.status()))
                        .header("Content-Type", "application/json")
                        .body(answer.body())
                        .build());
    }

    private record Answer(int status, String body) {}
}
