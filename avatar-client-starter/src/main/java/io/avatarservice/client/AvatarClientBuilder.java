package io.avatarservice.client;

import io.avatarservice.spi.AvatarProvider;
import io.avatarservice.spi.ProviderId;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Collects what an {@link AvatarClient} needs; see {@link AvatarClientCustomizer} for changing the one that is
 * auto-configured.
 *
 * @since 0.1.0
 */
public final class AvatarClientBuilder {

    private final AvatarProvider provider;
    private final Map<ProviderId, AvatarProvider> providers = new LinkedHashMap<>();
    private Duration pollInterval = Duration.ofMillis(250);
    private Duration maxPollInterval = Duration.ofSeconds(2);
    private int maxPollFailures = 5;
    private Duration deadline = Duration.ofMinutes(30);
    private Scheduler scheduler = Schedulers.parallel();

    AvatarClientBuilder(AvatarProvider provider) {
        this.provider = Objects.requireNonNull(provider, "provider");
        this.providers.put(provider.id(), provider);
    }

    /**
     * Further providers, whose videos can be downloaded although they do not render: a video may be older than the
     * switch from one provider to another.
     *
     * @throws IllegalArgumentException if two providers have the same id
     */
    public AvatarClientBuilder providers(Collection<? extends AvatarProvider> providers) {
        for (AvatarProvider added : providers) {
            AvatarProvider known = this.providers.putIfAbsent(added.id(), added);
            if (known != null && known != added) {
                throw new IllegalArgumentException("there are two providers with the id '" + added.id() + "'");
            }
        }
        return this;
    }

    /**
     * How long to wait before looking at a job again. The wait grows by half each time, up to the maximum.
     *
     * @param interval of the first wait; positive
     * @param max of all later ones; not below {@code interval}
     */
    public AvatarClientBuilder pollInterval(Duration interval, Duration max) {
        this.pollInterval = positive(interval, "poll interval");
        if (max.compareTo(interval) < 0) {
            throw new IllegalArgumentException(
                    "the longest poll interval, " + max + ", is below the first, " + interval);
        }
        this.maxPollInterval = max;
        return this;
    }

    /** How many looks at a job may fail in a row for a passing reason before the render is given up; 0 for none. */
    public AvatarClientBuilder maxPollFailures(int maxPollFailures) {
        if (maxPollFailures < 0) {
            throw new IllegalArgumentException("max poll failures must not be negative, but was " + maxPollFailures);
        }
        this.maxPollFailures = maxPollFailures;
        return this;
    }

    /** How long a render may take from the submit to the finished video. */
    public AvatarClientBuilder deadline(Duration deadline) {
        this.deadline = positive(deadline, "deadline");
        return this;
    }

    /** Where time passes; {@link Schedulers#parallel()} unless set. */
    public AvatarClientBuilder scheduler(Scheduler scheduler) {
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        return this;
    }

    /** The client. */
    public AvatarClient build() {
        Polling polling = new Polling(pollInterval, maxPollInterval, maxPollFailures, deadline, scheduler);
        return new DefaultAvatarClient(provider, Map.copyOf(providers), polling);
    }

    private static Duration positive(Duration duration, String name) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("the " + name + " must be positive, but was " + duration);
        }
        return duration;
    }
}
