package io.avatarservice.server.webhook;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps one receiver from taking all the threads there are: a slow one holds up its own calls only. Thread-safe. */
final class ReceiverSlots {

    private final int each;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    /** @param each most calls to the same host and port at the same time */
    ReceiverSlots(int each) {
        this.each = each;
    }

    /** Takes a slot, which is to be {@linkplain #release released}; {@code false} where none is free. */
    boolean acquire(URI url) {
        boolean[] acquired = new boolean[1];
        taken.compute(receiver(url), (receiver, count) -> {
            int now = count == null ? 0 : count;
            acquired[0] = now < each;
            return acquired[0] ? Integer.valueOf(now + 1) : count;
        });
        return acquired[0];
    }

    void release(URI url) {
        taken.computeIfPresent(receiver(url), (receiver, count) -> count == 1 ? null : Integer.valueOf(count - 1));
    }

    private static String receiver(URI url) {
        return url.getAuthority();
    }
}
