package io.avatarservice.server.storage;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The addresses signed last. Signing is a call of its own where the machine's identity has no key at hand, and a client
 * that polls its job needs no new address each time.
 */
final class SignedLinks {

    private static final int REMEMBERED = 10_000;

    private final Duration lifetime;
    private final Clock clock;
    private final Map<VideoKey, VideoLink> links = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<VideoKey, VideoLink> eldest) {
            return size() > REMEMBERED;
        }
    };

    SignedLinks(Duration lifetime, Clock clock) {
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** The remembered address, where at least half of its lifetime is left; else a new one. */
    VideoLink get(VideoKey key, BiFunction<VideoKey, Duration, VideoLink> signer) {
        @Nullable VideoLink known;
        synchronized (links) {
            known = links.get(key);
        }
        return known != null && lasts(known) ? known : renew(key, signer);
    }

    VideoLink renew(VideoKey key, BiFunction<VideoKey, Duration, VideoLink> signer) {
        VideoLink link = signer.apply(key, lifetime);
        synchronized (links) {
            links.put(key, link);
        }
        return link;
    }

    void forget(VideoKey key) {
        synchronized (links) {
            links.remove(key);
        }
    }

    private boolean lasts(VideoLink link) {
        Instant expiresAt = link.expiresAt();
        return expiresAt == null || !clock.instant().plus(lifetime.dividedBy(2)).isAfter(expiresAt);
    }
}
