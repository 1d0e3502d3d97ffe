package io.avatarservice.server.media;

import io.avatarservice.server.fetch.FetchGuard;
import io.avatarservice.server.fetch.RefusedUrlException;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * Downloads inputs that are given by URL. Bounded in bytes, time and redirects. Neither messages nor logs contain the
 * URL: it may be signed.
 */
public final class MediaFetcher {

    private final FetchGuard guard;
    private final HttpClient client;
    private final MediaProperties.Fetch limits;

    /**
     * Creates a fetcher.
     *
     * @param guard decides which URLs and addresses may be reached
     * @param limits time limits and redirects
     */
    public MediaFetcher(FetchGuard guard, MediaProperties.Fetch limits) {
        this.guard = guard;
        this.client = guard.client()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        limits.connectTimeout().toMillis())
                .responseTimeout(limits.readTimeout())
                .headers(headers -> headers.set(HttpHeaderNames.ACCEPT, "*/*"));
        this.limits = limits;
    }

    /**
     * Downloads a file. Blocks.
     *
     * @param url an absolute http or https URL
     * @param target where the bytes go; must not exist, and does not after a failure
     * @param maxBytes most bytes accepted
     * @param field the request field that holds the URL
     * @throws ProblemException {@code INVALID_REQUEST} where the URL cannot be used or answered no file in time,
     *     {@code PAYLOAD_TOO_LARGE} where it is larger than {@code maxBytes}
     */
    public void fetch(String url, Path target, long maxBytes, String field) {
        URI uri = checked(() -> guard.check(url), field);
        boolean complete = false;
        try (FileChannel file = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            get(uri, 0, new Download(file, maxBytes, field))
                    .timeout(limits.totalTimeout())
                    .block();
            complete = true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a downloaded file", e);
        } catch (RuntimeException e) {
            throw explain(e, field);
        } finally {
            if (!complete) {
                delete(target);
            }
        }
    }

    private Mono<Void> get(URI uri, int redirects, Download download) {
        return client.get()
                .uri(uri)
                .response((response, body) -> {
                    URI next = redirect(uri, response, download.field());
                    if (next == null) {
                        return save(response, body, download).thenMany(Flux.<URI>empty());
                    }
                    if (redirects == limits.maxRedirects()) {
                        throw invalid(
                                download.field(),
                                "the URL redirects more than %d times".formatted(limits.maxRedirects()),
                                null);
                    }
                    return Flux.just(next);
                })
                .singleOrEmpty()
                .flatMap(next -> get(next, redirects + 1, download));
    }

    private static Mono<Void> save(HttpClientResponse response, ByteBufFlux body, Download download) {
        int status = response.status().code();
        if (status != 200) {
            throw invalid(download.field(), "the URL answered with HTTP status " + status, null);
        }
        // one chunk ahead: the file sets the pace, not the sender
        return body.asByteArray()
                .publishOn(Schedulers.boundedElastic(), 1)
                .doOnNext(download::write)
                .then();
    }

    private @Nullable URI redirect(URI from, HttpClientResponse response, String field) {
        int status = response.status().code();
        String location = response.responseHeaders().get(HttpHeaderNames.LOCATION);
        if (status < 301 || status > 308 || status == 304 || location == null) {
            return null;
        }
        return checked(() -> guard.redirect(from, location), field);
    }

    private static URI checked(Supplier<URI> check, String field) {
        try {
            return check.get();
        } catch (RefusedUrlException e) {
            throw invalid(field, e.reason(), e);
        }
    }

    private RuntimeException explain(RuntimeException failure, String field) {
        if (failure instanceof ProblemException) {
            return failure;
        }
        Throwable cause = Exceptions.unwrap(failure);
        Throwable root = cause.getCause() instanceof TimeoutException ? cause.getCause() : cause;
        if (root instanceof RefusedUrlException refused) {
            return invalid(field, refused.reason(), failure);
        }
        if (root instanceof ReadTimeoutException) {
            return invalid(field, "the URL sent nothing for %s".formatted(words(limits.readTimeout())), failure);
        }
        if (root instanceof TimeoutException) {
            return invalid(
                    field, "the URL took longer than the limit of %s".formatted(words(limits.totalTimeout())), failure);
        }
        return invalid(field, failed(root), failure);
    }

    /** Says no more than where it failed: the causes' own messages contain addresses. */
    private static String failed(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return "the host of the URL is unknown";
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return "the host of the URL does not accept connections";
        }
        if (cause instanceof SSLException) {
            return "no secure connection can be made to the host of the URL";
        }
        return "the URL could not be downloaded";
    }

    private static String words(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    private static ProblemException invalid(String field, String message, @Nullable Throwable cause) {
        return new ProblemException(ProblemCode.INVALID_REQUEST, field, field + ": " + message, cause);
    }

    private static void delete(Path target) {
        try {
            Files.deleteIfExists(target);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete a partial download", e);
        }
    }

    /** Writes the chunks of one download, up to the limit. */
    private record Download(FileChannel file, long maxBytes, String field) {

        void write(byte[] chunk) {
            try {
                if (file.position() + chunk.length > maxBytes) {
                    throw new ProblemException(
                            ProblemCode.PAYLOAD_TOO_LARGE,
                            field,
                            String.format(
                                    Locale.ROOT,
                                    "%s: the file behind the URL is larger than the limit of %,d bytes",
                                    field,
                                    maxBytes));
                }
                ByteBuffer buffer = ByteBuffer.wrap(chunk);
                while (buffer.hasRemaining()) {
                    file.write(buffer);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write a downloaded file", e);
            }
        }
    }
}
