package io.avatarservice.did;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.codec.CodecException;
import org.springframework.web.reactive.function.client.WebClientRequestException;

/** What an HTTP client's exceptions have in common, whichever client it is. */
final class Transport {

    private Transport() {}

    /** Whether the request cannot have left: there never was a connection to send it over. */
    static boolean neverLeft(Throwable seen) {
        return causes(seen)
                .anyMatch(cause -> cause instanceof ConnectException
                        || cause instanceof UnknownHostException
                        || cause instanceof NoRouteToHostException
                        || cause instanceof SSLHandshakeException
                        || isPlainText(cause)
                        || isNoConnection(cause));
    }

    /** Reactor's names for a pool that had no connection to give; its package is an internal one. */
    private static boolean isNoConnection(Throwable seen) {
        return seen.getClass().getSimpleName().startsWith("PoolAcquire");
    }

    /** By name, because each HTTP client has a class of its own, and they share no type. */
    static boolean timedOut(Throwable seen) {
        return causes(seen).anyMatch(cause -> cause.getClass().getSimpleName().endsWith("TimeoutException"));
    }

    /** Whether the connection broke, and not what came over it; a JSON parser's exception is an IOException, too. */
    static boolean broke(Throwable seen) {
        return causes(seen).anyMatch(WebClientRequestException.class::isInstance)
                || (root(seen) instanceof IOException && causes(seen).noneMatch(CodecException.class::isInstance));
    }

    /**
     * Where it began, fit to be kept as a cause, or {@code null} if it is not. The exceptions around it may hold the
     * request's address and headers.
     */
    static @Nullable Throwable cause(Throwable seen) {
        Throwable root = root(seen);
        return isPlainText(root) ? null : root;
    }

    /** The name of where it began; its message may hold an address. */
    static String reason(Throwable seen) {
        return root(seen).getClass().getSimpleName();
    }

    private static Throwable root(Throwable seen) {
        return causes(seen).reduce(seen, (first, second) -> second);
    }

    /** Netty's name for a server that does not speak TLS; its message repeats what that server said instead. */
    private static boolean isPlainText(Throwable seen) {
        return seen.getClass().getSimpleName().equals("NotSslRecordException");
    }

    private static Stream<Throwable> causes(Throwable seen) {
        return Stream.iterate(seen, Objects::nonNull, Throwable::getCause).limit(16);
    }
}
