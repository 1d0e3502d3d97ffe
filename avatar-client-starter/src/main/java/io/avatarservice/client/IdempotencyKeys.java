package io.avatarservice.client;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Keys that nobody else has. Random once and then counted, because drawing random bits can block an event loop. */
final class IdempotencyKeys {

    private final String prefix = UUID.randomUUID() + "-";
    private final AtomicLong count = new AtomicLong();

    String next() {
        return prefix + count.incrementAndGet();
    }
}
