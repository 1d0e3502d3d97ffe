package io.avatarservice.client;

import io.avatarservice.spi.AvatarProvider;
import io.avatarservice.spi.AvatarRequest;
import io.avatarservice.spi.ProviderId;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.WebClient;
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
    private List<ProviderId> fallbacks = List.of();
    private @Nullable CircuitBreakerRegistry circuitBreakers;
    private Duration callTimeout = Duration.ofMinutes(3);
    private int maxRetries = 2;
    private Duration backoff = Duration.ofMillis(500);
    private Duration maxBackoff = Duration.ofSeconds(10);
    private Duration retryBudget = Duration.ofSeconds(30);
    private Duration jobDeadline = Duration.ofMinutes(10);
    private @Nullable Duration videoPerDay;
    private Duration assumedPerVideo = Duration.ofSeconds(60);
    private JobNotifications notifications = JobNotifications.NONE;
    private WebClient.Builder webClientBuilder = WebClient.builder();
    private Clock clock = Clock.systemUTC();
    private DoubleSupplier jitter = () -> ThreadLocalRandom.current().nextDouble();
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
     * Who is asked, in this order, when the provider fails in a way that allows to ask another. None unless set: a paid
     * provider is never asked by surprise. The selected provider itself and repetitions are passed over, so that the
     * selection can be switched without touching the list. They deliver videos as well, as {@link #providers} do.
     *
     * @throws IllegalArgumentException if two providers have the same id
     */
    public AvatarClientBuilder fallbacks(List<? extends AvatarProvider> fallbacks) {
        providers(fallbacks);
        this.fallbacks = fallbacks.stream()
                .map(AvatarProvider::id)
                .filter(id -> !id.equals(provider.id()))
                .distinct()
                .toList();
        return this;
    }

    /**
     * Where the circuit breakers live: {@code avatar-<provider>-<submit|find|cancel|download>}. A breaker that the registry
     * already has under that name lends its settings, and is replaced; else the registry's shared configuration
     * {@code avatar} does, if there is one. What counts as a failure is never taken from there. Without a registry the
     * client has breakers of its own.
     */
    public AvatarClientBuilder circuitBreakers(CircuitBreakerRegistry circuitBreakers) {
        this.circuitBreakers = Objects.requireNonNull(circuitBreakers, "circuitBreakers");
        return this;
    }

    /**
     * How long one call of a provider may take: a submit with its uploads, a look at a job, a pause within a download. The
     * last line of defense; providers have limits of their own.
     */
    public AvatarClientBuilder callTimeout(Duration callTimeout) {
        this.callTimeout = positive(callTimeout, "call timeout");
        return this;
    }

    /**
     * How a call is repeated at the same provider, where the failure allows it.
     *
     * @param maxRetries how many calls may follow the first; 0 for none
     * @param backoff full length of the first pause, doubled each time; a pause is drawn from its upper half
     * @param maxBackoff full length of the longest pause; not below {@code backoff}. A provider that asks for longer gets longer
     * @param budget how long after the start of the first call the last one may begin. If a pause would exceed it, the
     *     call fails at once, and the next provider is asked instead
     */
    public AvatarClientBuilder retries(int maxRetries, Duration backoff, Duration maxBackoff, Duration budget) {
        if (maxRetries < 0) {
            throw new IllegalArgumentException("max retries must not be negative, but was " + maxRetries);
        }
        if (maxBackoff.compareTo(backoff) < 0) {
            throw new IllegalArgumentException(
                    "the longest back-off, " + maxBackoff + ", is below the first, " + backoff);
        }
        this.maxRetries = maxRetries;
        this.backoff = positive(backoff, "back-off");
        this.maxBackoff = maxBackoff;
        this.retryBudget = positive(budget, "retry budget");
        return this;
    }

    /** How long one provider may take from the submit to the finished video while there is another one to ask. */
    public AvatarClientBuilder jobDeadline(Duration jobDeadline) {
        this.jobDeadline = positive(jobDeadline, "job deadline");
        return this;
    }

    /**
     * How much video paid providers may render in one UTC day, counted in memory by this client alone.
     *
     * @param videoPerDay the limit, or {@code null} for none
     * @param assumedPerVideo how much a video is taken for as long as nobody knows better
     */
    public AvatarClientBuilder spendLimit(@Nullable Duration videoPerDay, Duration assumedPerVideo) {
        this.videoPerDay = videoPerDay == null ? null : positive(videoPerDay, "spend limit");
        this.assumedPerVideo = positive(assumedPerVideo, "assumed length of a video");
        return this;
    }

    /**
     * Through whom providers tell that a job has changed; nobody unless set. A request that has a
     * {@linkplain AvatarRequest#webhook() webhook} already keeps it.
     */
    public AvatarClientBuilder notifications(JobNotifications notifications) {
        this.notifications = Objects.requireNonNull(notifications, "notifications");
        return this;
    }

    /** Fetches media whose addresses a provider does not take, but whose content it does; cloned, never changed. */
    public AvatarClientBuilder webClientBuilder(WebClient.Builder webClientBuilder) {
        this.webClientBuilder = Objects.requireNonNull(webClientBuilder, "webClientBuilder");
        return this;
    }

    /** Tells the day of the spend limit and how long a breaker has been open; {@link Clock#systemUTC()} unless set. */
    public AvatarClientBuilder clock(Clock clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /** Where between half and all of its length a pause between retries ends, 0 to 1; random unless set. */
    AvatarClientBuilder jitter(DoubleSupplier jitter) {
        this.jitter = jitter;
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
        RetryPolicy retry = new RetryPolicy(maxRetries, backoff, maxBackoff, retryBudget, jitter, scheduler);
        Breakers breakers =
                new Breakers(circuitBreakers == null ? CircuitBreakerRegistry.ofDefaults() : circuitBreakers, clock);
        Map<ProviderId, ProviderPipeline> pipelines = new LinkedHashMap<>();
        providers.forEach((id, known) -> pipelines.put(id, new ProviderPipeline(known, breakers, callTimeout, retry)));
        List<ProviderPipeline> candidates = Stream.concat(Stream.of(provider.id()), fallbacks.stream())
                .flatMap(id -> Stream.ofNullable(pipelines.get(id)))
                .toList();
        RenderSettings settings = new RenderSettings(
                candidates,
                new Polling(pollInterval, maxPollInterval, maxPollFailures, deadline, scheduler),
                jobDeadline,
                new RequestFitting(new MediaFetch(webClientBuilder, callTimeout, scheduler)),
                new SpendGuard(videoPerDay, assumedPerVideo, clock),
                notifications);
        return new DefaultAvatarClient(pipelines, settings);
    }

    private static Duration positive(Duration duration, String name) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("the " + name + " must be positive, but was " + duration);
        }
        return duration;
    }
}
