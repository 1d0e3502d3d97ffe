package io.avatarservice.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sends many submissions to a server, notes each answer, and then looks what became of the jobs. */
final class LoadRun {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final LoadPlan plan;
    private final LoadClient client;
    private final ByteBuf body;

    LoadRun(LoadPlan plan, LoadClient client) {
        this.plan = plan;
        // outside the heap, so that nobody copies it for each request
        this.body = Unpooled.unreleasableBuffer(
                Unpooled.directBuffer(plan.body().length).writeBytes(plan.body()));
        this.client = client;
    }

    /** Sends all submissions. Returns every answer; with a persistent plan there are more of them than submissions. */
    List<LoadAnswer> submit() {
        return answers(Mono::just);
    }

    /** Sends all submissions, and cancels each job that is accepted, so that the next finds room. */
    List<LoadAnswer> submitAndCancel() {
        return answers(answer -> answer.job() == null
                ? Mono.just(answer)
                : client.cancel(answer.job()).thenReturn(answer));
    }

    private List<LoadAnswer> answers(Function<LoadAnswer, Mono<LoadAnswer>> then) {
        Flux<Integer> submissions = Flux.range(0, plan.submits());
        long start = System.nanoTime();
        Flux<LoadAnswer> answers = plan.rate() > 0
                ? submissions.flatMap(
                        number -> send(start + (long) (number * 1e9 / plan.rate()))
                                .concatMap(then),
                        plan.submits())
                : submissions.flatMap(
                        number -> Flux.defer(() -> send(System.nanoTime())).concatMap(then), plan.concurrency());
        return Objects.requireNonNull(answers.collectList().block());
    }

    /** Waits until the jobs have ended. Returns their status, by id; one that the server does not know has none. */
    Map<String, String> ends(List<String> jobs) throws InterruptedException {
        long end = System.nanoTime() + plan.longestEnd().toNanos();
        Map<String, String> known = new HashMap<>();
        while (!known.keySet().containsAll(jobs) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
            known.putAll(ended());
        }
        known.keySet().retainAll(jobs);
        return known;
    }

    /** @param due when the request is to be sent, by the system's nanosecond clock */
    private Flux<LoadAnswer> send(long due) {
        return sent(due)
                .expand(answer -> plan.persistent() && answer.busy()
                        ? sent(System.nanoTime()
                                + TimeUnit.SECONDS.toNanos(answer.retryAfter() == null ? 1 : answer.retryAfter()))
                        : Mono.empty());
    }

    private Mono<LoadAnswer> sent(long due) {
        long wait = due - System.nanoTime();
        Mono<LoadAnswer> answer = client.submit(body, due);
        return wait > 0 ? Mono.delay(Duration.ofNanos(wait)).then(answer) : answer;
    }

    /** The jobs of the server that have ended, by id. */
    private Map<String, String> ended() {
        Map<String, String> statuses = new HashMap<>();
        for (String status : List.of("completed", "error", "cancelled")) {
            try {
                for (String cursor = ""; cursor != null; ) {
                    JsonNode page = client.get("/v1/jobs?limit=100&status=" + status + cursor);
                    page.path("jobs").forEach(job -> statuses.put(job.path("id").asText(), status));
                    String next = page.path("next_cursor").textValue();
                    cursor = next == null ? null : "&cursor=" + next;
                }
            } catch (IOException busy) {
                return statuses;
            }
        }
        return statuses;
    }
}
