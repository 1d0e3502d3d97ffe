package io.avatarservice.client;

import io.avatarservice.spi.MediaSource;
import java.time.Duration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Reads media into memory for providers that do not take their addresses. Redirects are not followed. */
final class MediaFetch {

    private static final DataSize MAX_SIZE = DataSize.ofMegabytes(32);

    private final WebClient http;
    private final Duration timeout;
    private final Scheduler scheduler;

    MediaFetch(WebClient.Builder http, Duration timeout, Scheduler scheduler) {
        this.http = http.clone()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(Math.toIntExact(MAX_SIZE.toBytes())))
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
        if (NestedExceptionUtils.getMostSpecificCause(seen) instanceof DataBufferLimitException) {
            return "it has more than " + MAX_SIZE.toMegabytes() + " MB";
        }
        if (seen instanceof WebClientResponseException answer) {
            return "HTTP " + answer.getStatusCode().value();
        }
        return seen instanceof IllegalStateException && seen.getMessage() != null
                ? seen.getMessage()
                : seen.getClass().getSimpleName();
    }
}
