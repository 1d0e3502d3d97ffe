package io.avatarservice.client;

import io.avatarservice.spi.MediaSource;
import java.time.Duration;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Reads media into memory for providers that do not take their addresses. Redirects are not followed. */
final class MediaFetch {

    private static final int MAX_BYTES = 32 * 1024 * 1024;

    private final WebClient http;
    private final Duration timeout;
    private final Scheduler scheduler;

    MediaFetch(WebClient.Builder http, Duration timeout, Scheduler scheduler) {
        this.http = http.clone()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(MAX_BYTES))
                .build();
        this.timeout = timeout;
        this.scheduler = scheduler;
    }

    /**
     * The content behind an address.
     *
     * @return fails with an {@link IllegalStateException} whose message says why there is none, without the address
     */
    Mono<MediaSource> fetch(MediaSource.Url url) {
        return http.get()
                .uri(url.url())
                .retrieve()
                .onStatus(status -> !status.is2xxSuccessful(), answer -> answer.createException())
                .bodyToMono(byte[].class)
                .filter(content -> content.length > 0)
                .map(MediaSource::bytes)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("it is empty")))
                .timeout(timeout, scheduler)
                .onErrorMap(seen -> new IllegalStateException(reason(seen), seen));
    }

    private static String reason(Throwable seen) {
        if (seen instanceof WebClientResponseException answer) {
            return "HTTP " + answer.getStatusCode().value();
        }
        if (seen instanceof DataBufferLimitException || seen.getCause() instanceof DataBufferLimitException) {
            return "it has more than " + MAX_BYTES + " bytes";
        }
        return seen instanceof IllegalStateException && seen.getMessage() != null
                ? seen.getMessage()
                : seen.getClass().getSimpleName();
    }
}
