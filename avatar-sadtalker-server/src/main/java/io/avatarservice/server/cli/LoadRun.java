package io.avatarservice.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Sends many submissions to a server, notes each answer, and then looks what became of the jobs. */
final class LoadRun {

    private static final Duration LONGEST_ANSWER = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final LoadPlan plan;
    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient http;
    private final HttpRequest submission;
    private final AtomicInteger begun = new AtomicInteger();
    private final Queue<LoadAnswer> answers = new ConcurrentLinkedQueue<>();

    LoadRun(LoadPlan plan) {
        this.plan = plan;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LONGEST_ANSWER)
                .build();
        this.submission = request("/v1/jobs")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(plan.body()))
                .build();
    }

    /** Sends all submissions. Returns every answer; with a persistent plan there are more of them than submissions. */
    List<LoadAnswer> submit() {
        CompletableFuture<?>[] clients;
        if (plan.rate() > 0) {
            long start = System.nanoTime();
            clients = new CompletableFuture<?>[plan.submits()];
            for (int i = 0; i < clients.length; i++) {
                long due = start + (long) (i * 1e9 / plan.rate());
                clients[i] = CompletableFuture.supplyAsync(() -> due, at(due)).thenCompose(this::send);
            }
        } else {
            clients = new CompletableFuture<?>[Math.min(plan.concurrency(), plan.submits())];
            for (int i = 0; i < clients.length; i++) {
                clients[i] = next();
            }
        }
        CompletableFuture.allOf(clients).join();
        return List.copyOf(answers);
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

    private CompletableFuture<Void> next() {
        return begun.getAndIncrement() < plan.submits()
                ? send(System.nanoTime()).thenCompose(done -> next())
                : CompletableFuture.completedFuture(null);
    }

    /** @param due when the request should have been sent, by the system's nanosecond clock */
    private CompletableFuture<Void> send(long due) {
        return http.sendAsync(submission, HttpResponse.BodyHandlers.ofByteArray())
                .handle((answer, failure) -> answer(answer, System.nanoTime() - due))
                .thenCompose(answer -> {
                    answers.add(answer);
                    if (!plan.persistent() || !answer.busy()) {
                        return CompletableFuture.completedFuture(null);
                    }
                    long again = System.nanoTime()
                            + TimeUnit.SECONDS.toNanos(answer.retryAfter() == null ? 1 : answer.retryAfter());
                    return CompletableFuture.supplyAsync(() -> again, at(again)).thenCompose(this::send);
                });
    }

    private LoadAnswer answer(@Nullable HttpResponse<byte[]> response, long nanos) {
        if (response == null) {
            return new LoadAnswer(0, null, nanos, null);
        }
        Long retryAfter = response.headers().firstValueAsLong("Retry-After").stream()
                .boxed()
                .findFirst()
                .orElse(null);
        LoadAnswer answer = new LoadAnswer(response.statusCode(), retryAfter, nanos, null);
        return answer.accepted()
                ? new LoadAnswer(response.statusCode(), retryAfter, nanos, id(response.body()))
                : answer;
    }

    private @Nullable String id(byte[] body) {
        try {
            return mapper.readTree(body).path("id").textValue();
        } catch (IOException e) {
            return null;
        }
    }

    /** The jobs of the server that have ended, by id. */
    private Map<String, String> ended() throws InterruptedException {
        Map<String, String> statuses = new HashMap<>();
        for (String status : List.of("completed", "error", "cancelled")) {
            try {
                for (String cursor = ""; cursor != null; ) {
                    JsonNode page = page(status, cursor);
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

    private JsonNode page(String status, String cursor) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(
                request("/v1/jobs?limit=100&status=" + status + cursor).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("the list of jobs was answered with " + answer.statusCode());
        }
        return json(answer.body());
    }

    private JsonNode json(byte[] body) throws IOException {
        try {
            return mapper.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IOException("the server does not answer with JSON", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(plan.server().resolve(path)).timeout(LONGEST_ANSWER);
        return plan.key() == null ? request : request.header("Authorization", "Bearer " + plan.key());
    }

    private static Executor at(long nanoTime) {
        return CompletableFuture.delayedExecutor(Math.max(0, nanoTime - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
}
