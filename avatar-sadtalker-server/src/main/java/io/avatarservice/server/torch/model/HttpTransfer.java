package io.avatarservice.server.torch.model;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/** Makes one attempt to get the rest of a file by HTTP. */
final class HttpTransfer {

    private static final int MAX_REDIRECTS = 5;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");

    private final HttpClient client;

    HttpTransfer(ModelProperties.Download limits) {
        this.client = HttpClient.create()
                .proxyWithSystemProperties()
                .followRedirect(false)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        limits.connectTimeout().toMillis())
                .responseTimeout(limits.readTimeout())
                .headers(headers -> headers.set(HttpHeaderNames.ACCEPT, "*/*"));
    }

    /**
     * Continues a part where it can be continued, else starts it again. Blocks.
     *
     * @throws TransferException where the address does not give the file, or not all of it
     * @throws UncheckedIOException where it cannot be written
     */
    void run(ModelSource source, Transfer transfer) {
        try {
            get(source.uri(), 0, source, transfer).block();
        } catch (RuntimeException e) {
            throw explain(Exceptions.unwrap(e));
        }
    }

    private Mono<Void> get(URI uri, int redirects, ModelSource source, Transfer transfer) {
        return client.headers(headers -> range(headers, transfer.part()))
                .get()
                .uri(uri)
                .response((response, body) -> {
                    URI next = redirect(uri, response);
                    if (next == null) {
                        return save(response, body, source, transfer).thenMany(Flux.<URI>empty());
                    }
                    if (redirects == MAX_REDIRECTS) {
                        throw TransferException.lasting("redirects more than %d times".formatted(MAX_REDIRECTS));
                    }
                    return Flux.just(next);
                })
                .singleOrEmpty()
                .flatMap(next -> get(next, redirects + 1, source, transfer));
    }

    private static void range(HttpHeaders headers, PartialFile part) {
        String validator = part.validator();
        if (validator != null && part.size() > 0) {
            headers.set(HttpHeaderNames.RANGE, "bytes=%d-".formatted(part.size()));
            headers.set(HttpHeaderNames.IF_RANGE, validator);
        }
    }

    private static Mono<Void> save(
            HttpClientResponse response, ByteBufFlux body, ModelSource source, Transfer transfer) {
        // Files are touched off Netty's threads, one chunk ahead: the disk sets the pace, not the sender.
        return Mono.fromCallable(() -> prepare(response, transfer))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(total -> {
                    transfer.started(source, total);
                    return body.asByteArray()
                            .publishOn(Schedulers.boundedElastic(), 1)
                            .doOnNext(chunk -> transfer.write(ByteBuffer.wrap(chunk), total))
                            .then(Mono.<Void>fromRunnable(() -> transfer.ended(total)));
                });
    }

    /** Makes the part ready for what the response announces, and returns the size of the whole file, 0 if unknown. */
    private static long prepare(HttpClientResponse response, Transfer transfer) throws IOException {
        int status = response.status().code();
        HttpHeaders headers = response.responseHeaders();
        PartialFile part = transfer.part();
        if (status == 416) {
            part.restart(null);
            throw TransferException.temporary("the file there has changed");
        }
        if (status >= 500 || status == 408 || status == 429) {
            throw TransferException.temporary("HTTP status " + status);
        }
        if (status != 200 && status != 206) {
            throw TransferException.lasting("HTTP status " + status);
        }
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "");
        if (type.toLowerCase(Locale.ROOT).startsWith("text/html")) {
            throw TransferException.lasting("answers with a web page, not with the file");
        }
        if (status == 206) {
            return resume(headers, transfer);
        }
        long total = response.responseHeaders().contains(HttpHeaderNames.CONTENT_LENGTH)
                ? Long.parseLong(headers.get(HttpHeaderNames.CONTENT_LENGTH))
                : 0;
        transfer.accept(0, total);
        part.restart(validator(headers));
        return total;
    }

    private static long resume(HttpHeaders headers, Transfer transfer) throws IOException {
        PartialFile part = transfer.part();
        Matcher range = CONTENT_RANGE.matcher(headers.get(HttpHeaderNames.CONTENT_RANGE, ""));
        if (!range.matches() || Long.parseLong(range.group(1)) != part.size()) {
            part.restart(null);
            throw TransferException.temporary("sends another part of the file than was asked for");
        }
        long total = Long.parseLong(range.group(2));
        transfer.accept(part.size(), total);
        part.markResumed();
        return total;
    }

    /** What {@code If-Range} takes: a strong entity tag, else the time of change. */
    private static @Nullable String validator(HttpHeaders headers) {
        String tag = headers.get(HttpHeaderNames.ETAG);
        return tag != null && tag.startsWith("\"") ? tag : headers.get(HttpHeaderNames.LAST_MODIFIED);
    }

    private static @Nullable URI redirect(URI from, HttpClientResponse response) {
        int status = response.status().code();
        String location = response.responseHeaders().get(HttpHeaderNames.LOCATION);
        if (status < 301 || status > 308 || status == 304 || location == null) {
            return null;
        }
        URI next;
        try {
            next = from.resolve(location);
        } catch (IllegalArgumentException e) {
            throw TransferException.lasting("redirects to something that is not a URL");
        }
        String scheme = next.getScheme() == null ? "" : next.getScheme().toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https");
        if (next.getHost() == null || !(secure || scheme.equals("http"))) {
            throw TransferException.lasting("redirects to something that is not a web address");
        }
        if (!secure && "https".equalsIgnoreCase(from.getScheme())) {
            throw TransferException.lasting("redirects to an address without encryption");
        }
        return next;
    }

    /** Says no more than what happened: the causes' own messages contain addresses, which may be signed. */
    private static RuntimeException explain(Throwable failure) {
        if (failure instanceof TransferException || failure instanceof ModelException) {
            return (RuntimeException) failure;
        }
        if (failure instanceof UncheckedIOException unwritable) {
            return unwritable;
        }
        if (failure instanceof ReadTimeoutException) {
            return TransferException.temporary("sends nothing any more", failure);
        }
        if (failure instanceof UnknownHostException) {
            return TransferException.lasting("the host is unknown; is this machine offline?", failure);
        }
        if (failure instanceof SSLException) {
            return TransferException.lasting("no secure connection can be made to the host", failure);
        }
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return TransferException.temporary("the host does not accept connections", failure);
        }
        if (failure instanceof IOException) {
            return TransferException.temporary("the connection broke", failure);
        }
        return TransferException.lasting(
                "the download failed: " + failure.getClass().getSimpleName(), failure);
    }
}
