package io.avatarservice.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class JobEventIT extends ServerIT {

    private static final ParameterizedTypeReference<ServerSentEvent<JsonNode>> EVENT =
            new ParameterizedTypeReference<>() {};

    @Test
    void theStreamEndsWithTheJob() {
        String running = occupyWorker();
        String id = submit();

        StepVerifier.create(jobEvents(id, null)
                        .map(event -> event.data().get("status").asText())
                        .distinct())
                .expectNext("queued")
                .then(() -> http.delete().uri("/v1/jobs/" + running).exchange())
                .expectNext("running")
                .then(driver::release)
                .expectNext("completed")
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void aClientThatComesBackGetsTheJobAsItIsByThen() {
        String id = occupyWorker();
        String seen = jobEvents(id, null).next().map(ServerSentEvent::id).block(PATIENCE);
        driver.release();
        awaitStatus(id, "completed");

        List<ServerSentEvent<JsonNode>> rest =
                Objects.requireNonNull(jobEvents(id, seen).collectList().block(PATIENCE));

        assertThat(rest).singleElement().satisfies(event -> {
            assertThat(event.data().get("status").asText()).isEqualTo("completed");
            assertThat(Long.parseLong(event.id())).isGreaterThan(Long.parseLong(seen));
        });
    }

    @Test
    void aClientThatSawTheEndIsToldNotToComeBack() {
        String id = submit();
        awaitStatus(id, "completed");
        String last = jobEvents(id, null).last().map(ServerSentEvent::id).block(PATIENCE);

        http.get()
                .uri("/v1/jobs/" + id + "/events")
                .accept(MediaType.TEXT_EVENT_STREAM)
                .header("Last-Event-ID", last)
                .exchange()
                .expectStatus()
                .isNoContent();
    }

    @Test
    void anIdleStreamIsKeptOpenByComments() {
        String id = occupyWorker();

        StepVerifier.create(events(id, null).filter(event -> "keep-alive".equals(event.comment())))
                .expectNextCount(2)
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void whoWaitsSeesTheQueueMove() {
        String first = occupyWorker();
        submit();
        String watched = submit();

        StepVerifier.create(jobEvents(watched, null)
                        .map(event -> event.data().get("queue_position").asInt())
                        .distinct())
                .expectNext(2)
                .then(() -> http.delete().uri("/v1/jobs/" + first).exchange())
                .expectNext(1)
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void aMalformedEventIdIsRefused() {
        String id = submit();

        http.get()
                .uri("/v1/jobs/" + id + "/events")
                .accept(MediaType.TEXT_EVENT_STREAM)
                .header("Last-Event-ID", "x")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("Last-Event-ID");
    }

    private Flux<ServerSentEvent<JsonNode>> jobEvents(String id, @Nullable String lastEventId) {
        return events(id, lastEventId).filter(event -> "job".equals(event.event()));
    }

    private Flux<ServerSentEvent<JsonNode>> events(String id, @Nullable String lastEventId) {
        return http.get()
                .uri("/v1/jobs/" + id + "/events")
                .accept(MediaType.TEXT_EVENT_STREAM)
                .headers(headers -> {
                    if (lastEventId != null) {
                        headers.set("Last-Event-ID", lastEventId);
                    }
                })
                .exchange()
                .expectStatus()
                .isOk()
                .returnResult(EVENT)
                .getResponseBody();
    }
}
