package io.avatarservice.server.kill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Speaks to servers that may be gone. */
final class JobClient {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final ObjectMapper mapper = new ObjectMapper();

    /** Submits a job; empty where no server accepted it, as far as this client knows. */
    Optional<String> submit(URI server, Object request, String key) throws InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(server.resolve("/v1/jobs"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(json(request)))
                .build();
        try {
            HttpResponse<String> answer = http.send(post, HttpResponse.BodyHandlers.ofString());
            return switch (answer.statusCode()) {
                case 200, 202 ->
                    Optional.of(mapper.readTree(answer.body()).required("id").textValue());
                case 500, 502, 503 -> Optional.empty();
                default -> throw new IllegalStateException("refused: " + answer.statusCode() + " " + answer.body());
            };
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** All jobs that the servers know; empty where the server does not answer. */
    Optional<List<JsonNode>> jobs(URI server) throws InterruptedException {
        List<JsonNode> jobs = new ArrayList<>();
        try {
            for (String cursor = ""; ; ) {
                URI page = server.resolve("/v1/jobs?limit=100" + cursor);
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(page).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    return Optional.empty();
                }
                JsonNode json = mapper.readTree(answer.body());
                json.required("jobs").forEach(jobs::add);
                if (json.required("next_cursor").isNull()) {
                    return Optional.of(jobs);
                }
                cursor = "&cursor=" + json.required("next_cursor").textValue();
            }
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private String json(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
