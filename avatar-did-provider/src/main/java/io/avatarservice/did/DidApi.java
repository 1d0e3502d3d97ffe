package io.avatarservice.did;

import io.avatarservice.did.DidWire.Credits;
import io.avatarservice.did.DidWire.Problem;
import io.avatarservice.did.DidWire.Submit;
import io.avatarservice.did.DidWire.Talk;
import io.avatarservice.did.DidWire.Talks;
import io.avatarservice.did.DidWire.Upload;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.MultipartBodyBuilder;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClient.ResponseSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * D-ID's REST API, call by call. Speaks wire shapes, and fails with what it saw: a {@link DidResponseException}, or
 * whatever the HTTP client throws.
 */
final class DidApi {

    private final WebClient http;
    private final DidCredentials credentials;
    private final Duration submitTimeout;
    private final Duration responseTimeout;
    private final Scheduler scheduler;

    DidApi(
            WebClient http,
            DidCredentials credentials,
            Duration submitTimeout,
            Duration responseTimeout,
            Scheduler scheduler) {
        this.http = http;
        this.credentials = credentials;
        this.submitTimeout = submitTimeout;
        this.responseTimeout = responseTimeout;
        this.scheduler = scheduler;
    }

    Mono<Talk> submit(Submit submit) {
        return Mono.defer(() -> answered(http.post()
                                .uri("/talks")
                                .headers(credentials::authorize)
                                .contentType(MediaType.APPLICATION_JSON)
                                .accept(MediaType.APPLICATION_JSON)
                                .bodyValue(submit)
                                .retrieve())
                        .bodyToMono(Talk.class))
                .timeout(submitTimeout, scheduler);
    }

    Mono<Talk> find(String id) {
        return Mono.defer(() -> answered(get("/talks/{id}", id)).bodyToMono(Talk.class))
                .timeout(responseTimeout, scheduler);
    }

    /** One page of talks. */
    Mono<Talks> list(int limit, @Nullable String token) {
        return Mono.defer(() -> answered(http.get()
                                .uri(uri -> uri.path("/talks")
                                        .queryParam("limit", limit)
                                        .queryParamIfPresent("token", Optional.ofNullable(token))
                                        .build())
                                .headers(credentials::authorize)
                                .accept(MediaType.APPLICATION_JSON)
                                .retrieve())
                        .bodyToMono(Talks.class))
                .timeout(responseTimeout, scheduler);
    }

    /** Sends a medium ahead of a submit. */
    Mono<Upload> upload(MediaRole role, UploadContent content) {
        return Mono.defer(() -> {
                    MultipartBodyBuilder parts = new MultipartBodyBuilder();
                    parts.asyncPart(role.field(), content.pieces(), DataBuffer.class)
                            .contentType(MediaType.parseMediaType(content.contentType()))
                            .filename(content.fileName());
                    return answered(http.post()
                                    .uri(role.path())
                                    .headers(credentials::authorize)
                                    .accept(MediaType.APPLICATION_JSON)
                                    .body(BodyInserters.fromMultipartData(parts.build()))
                                    .retrieve())
                            .bodyToMono(Upload.class);
                })
                .timeout(submitTimeout, scheduler);
    }

    Mono<Void> deleteTalk(String id) {
        return delete("/talks/{id}", id);
    }

    Mono<Void> deleteUpload(MediaRole role, String id) {
        return delete(role.path() + "/{id}", id);
    }

    Mono<Credits> credits() {
        return Mono.defer(() -> answered(get("/credits")).bodyToMono(Credits.class))
                .timeout(responseTimeout, scheduler);
    }

    /**
     * Whatever lies at an address of somebody else: a finished video in D-ID's bucket, a medium of the caller. The API key
     * is not sent. The time limit is that of each pause, not of the whole.
     */
    Flux<DataBuffer> fetch(URI url) {
        return answered(http.get().uri(url).retrieve())
                .bodyToFlux(DataBuffer.class)
                .timeout(responseTimeout, scheduler);
    }

    private ResponseSpec get(String path, Object... variables) {
        return http.get()
                .uri(path, variables)
                .headers(credentials::authorize)
                .accept(MediaType.APPLICATION_JSON)
                .retrieve();
    }

    private Mono<Void> delete(String path, String id) {
        return Mono.defer(() -> answered(http.delete()
                                .uri(path, id)
                                .headers(credentials::authorize)
                                .accept(MediaType.APPLICATION_JSON)
                                .retrieve())
                        .toBodilessEntity()
                        .then())
                .timeout(responseTimeout, scheduler);
    }

    private static ResponseSpec answered(ResponseSpec response) {
        return response.onStatus(status -> !status.is2xxSuccessful(), DidApi::refusal);
    }

    private static Mono<DidResponseException> refusal(ClientResponse response) {
        HttpHeaders headers = response.headers().asHttpHeaders();
        return problem(response)
                .map(problem -> new DidResponseException(
                        response.statusCode().value(), problem, headers.getFirst(HttpHeaders.RETRY_AFTER)));
    }

    /** A proxy on the way answers in HTML, a bucket in XML: then the status has to do. */
    private static Mono<Problem> problem(ClientResponse response) {
        boolean json = response.headers()
                .contentType()
                .filter(type -> type.isCompatibleWith(MediaType.APPLICATION_JSON))
                .isPresent();
        Mono<Problem> body = json
                ? response.bodyToMono(Problem.class)
                : response.releaseBody().then(Mono.empty());
        return body.onErrorComplete().defaultIfEmpty(Problem.NONE);
    }
}
