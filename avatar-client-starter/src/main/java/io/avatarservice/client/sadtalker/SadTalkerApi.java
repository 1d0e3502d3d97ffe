package io.avatarservice.client.sadtalker;

import io.avatarservice.client.sadtalker.SadTalkerWire.Drivers;
import io.avatarservice.client.sadtalker.SadTalkerWire.Health;
import io.avatarservice.client.sadtalker.SadTalkerWire.Job;
import io.avatarservice.client.sadtalker.SadTalkerWire.Problem;
import io.avatarservice.client.sadtalker.SadTalkerWire.Submit;
import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClient.ResponseSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The server's REST API, call by call. Speaks wire shapes, and fails with what it saw: a
 * {@link SadTalkerResponseException}, or whatever the HTTP client throws.
 */
final class SadTalkerApi {

    private static final String JOBS = "/v1/jobs";
    private static final String JOB = "/v1/jobs/{id}";
    private static final String HEALTH = "/healthz";
    private static final String DRIVERS = "/v1/drivers";

    private final WebClient http;
    private final Origin origin;
    private final Supplier<? extends @Nullable String> apiKey;
    private final Duration submitTimeout;
    private final Duration responseTimeout;

    SadTalkerApi(
            WebClient http,
            URI baseUrl,
            Supplier<? extends @Nullable String> apiKey,
            Duration submitTimeout,
            Duration responseTimeout) {
        this.http = http;
        this.origin = Origin.of(baseUrl);
        this.apiKey = apiKey;
        this.submitTimeout = submitTimeout;
        this.responseTimeout = responseTimeout;
    }

    Mono<Job> submit(Submit submit, @Nullable String idempotencyKey) {
        return submit(MediaType.APPLICATION_JSON, BodyInserters.fromValue(submit), idempotencyKey);
    }

    Mono<Job> submit(MultiValueMap<String, HttpEntity<?>> parts, @Nullable String idempotencyKey) {
        return submit(MediaType.MULTIPART_FORM_DATA, BodyInserters.fromMultipartData(parts), idempotencyKey);
    }

    private Mono<Job> submit(
            MediaType contentType,
            BodyInserter<?, ? super org.springframework.http.client.reactive.ClientHttpRequest> body,
            @Nullable String idempotencyKey) {
        return answered(http.post()
                        .uri(JOBS)
                        .headers(this::authorize)
                        .headers(headers -> {
                            if (idempotencyKey != null) {
                                headers.set("Idempotency-Key", idempotencyKey);
                            }
                        })
                        .contentType(contentType)
                        .accept(MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON)
                        .body(body)
                        .retrieve())
                .bodyToMono(Job.class)
                .timeout(submitTimeout);
    }

    Mono<Job> find(String id) {
        return answered(http.get()
                        .uri(JOB, id)
                        .headers(this::authorize)
                        .accept(MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON)
                        .retrieve())
                .bodyToMono(Job.class)
                .timeout(responseTimeout);
    }

    /** The job after the cancel, or nothing where the server answers without a body. */
    Mono<Job> cancel(String id) {
        return answered(http.delete()
                        .uri(JOB, id)
                        .headers(this::authorize)
                        .accept(MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON)
                        .retrieve())
                .bodyToMono(Job.class)
                .timeout(responseTimeout);
    }

    /**
     * A video, wherever the server said it lies. The API key goes to the server only, never to a bucket or whoever else
     * an answer may name. The time limit is that of each pause, not of the whole.
     */
    Flux<DataBuffer> download(URI url) {
        return answered(http.get()
                        .uri(url)
                        .headers(headers -> {
                            if (origin.equals(Origin.of(url))) {
                                authorize(headers);
                            }
                        })
                        .retrieve())
                .bodyToFlux(DataBuffer.class)
                .timeout(responseTimeout);
    }

    Mono<Health> health() {
        return get(HEALTH, Health.class);
    }

    Mono<Drivers> drivers() {
        return get(DRIVERS, Drivers.class);
    }

    private <T> Mono<T> get(String path, Class<T> shape) {
        return answered(http.get()
                        .uri(path)
                        .headers(this::authorize)
                        .accept(MediaType.APPLICATION_JSON, MediaType.APPLICATION_PROBLEM_JSON)
                        .retrieve())
                .bodyToMono(shape)
                .timeout(responseTimeout);
    }

    private void authorize(HttpHeaders headers) {
        String key = apiKey.get();
        if (StringUtils.hasText(key)) {
            headers.setBearerAuth(key.strip());
        }
    }

    private static ResponseSpec answered(ResponseSpec response) {
        return response.onStatus(status -> !status.is2xxSuccessful(), SadTalkerApi::refusal);
    }

    private static Mono<SadTalkerResponseException> refusal(ClientResponse response) {
        HttpHeaders headers = response.headers().asHttpHeaders();
        return problem(response)
                .map(problem -> new SadTalkerResponseException(
                        response.statusCode().value(), problem, headers.getFirst(HttpHeaders.RETRY_AFTER)));
    }

    /** A proxy on the way answers in HTML, or in JSON of its own: then the status has to do. */
    private static Mono<Problem> problem(ClientResponse response) {
        boolean json = response.headers()
                .contentType()
                .filter(type -> type.isCompatibleWith(MediaType.APPLICATION_JSON)
                        || type.isCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON))
                .isPresent();
        Mono<Problem> body = json
                ? response.bodyToMono(Problem.class)
                : response.releaseBody().then(Mono.empty());
        return body.onErrorComplete().defaultIfEmpty(Problem.NONE);
    }
}
