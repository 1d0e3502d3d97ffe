package io.avatarservice.client.health;

import io.avatarservice.spi.AvatarProvider;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.boot.actuate.health.CompositeReactiveHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.ReactiveHealthContributor;
import org.springframework.boot.actuate.health.ReactiveHealthIndicator;
import reactor.core.scheduler.Schedulers;

/**
 * The providers' health in the types of Spring Boot 3.5.
 *
 * @since 0.1.0
 */
public final class AvatarHealthContributors {

    private AvatarHealthContributors() {}

    /**
     * One contributor for each provider, under its id.
     *
     * @param providers to be asked
     * @param timeout for each answer; one that comes later counts as none
     */
    public static ReactiveHealthContributor of(Collection<? extends AvatarProvider> providers, Duration timeout) {
        return CompositeReactiveHealthContributor.fromMap(providers.stream()
                .collect(Collectors.toMap(provider -> provider.id().value(), indicator(timeout))));
    }

    private static Function<AvatarProvider, ReactiveHealthIndicator> indicator(Duration timeout) {
        return provider -> {
            ProviderProbe probe = new ProviderProbe(provider, timeout, Schedulers.parallel());
            return () -> probe.ask().map(AvatarHealthContributors::health);
        };
    }

    private static Health health(ProviderHealth found) {
        return Health.status(found.state().name()).withDetails(found.details()).build();
    }
}
