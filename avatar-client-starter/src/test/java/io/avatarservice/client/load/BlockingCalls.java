package io.avatarservice.client.load;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import reactor.blockhound.BlockHound;

/** Notices calls that block a thread which must not block. Once installed it stays for the life of the JVM. */
final class BlockingCalls {

    private static final int FRAMES = 30;

    private final Queue<String> seen = new ConcurrentLinkedQueue<>();

    /** Starts to look. */
    static BlockingCalls watch() {
        BlockingCalls calls = new BlockingCalls();
        BlockHound.builder()
                .loadIntegrations()
                // reads /dev/urandom, which never makes anybody wait
                .allowBlockingCallsInside("org.springframework.util.MimeTypeUtils", "generateMultipartBoundary")
                // once for each type, when the first answers come at the same time
                .allowBlockingCallsInside(
                        "com.fasterxml.jackson.databind.deser.DeserializerCache", "_createAndCacheValueDeserializer")
                .blockingMethodCallback(method ->
                        calls.seen.add(method + " on " + Thread.currentThread().getName() + stack()))
                .install();
        return calls;
    }

    /** Each with its stack. */
    List<String> seen() {
        return List.copyOf(seen);
    }

    private static String stack() {
        return StackWalker.getInstance()
                .walk(frames -> frames.limit(FRAMES)
                        .map(frame -> "\n    " + frame.getClassName() + "." + frame.getMethodName())
                        .collect(Collectors.joining()));
    }
}
