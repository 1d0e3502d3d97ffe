package io.avatarservice.client;

import io.avatarservice.spi.ProviderId;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Lets a provider say that a job may have changed, so that the client looks at once instead of at the next turn. What a
 * provider says is never believed: the client looks.
 *
 * @since 0.1.0
 */
public interface JobNotifications {

    /** Nobody is told anything. */
    JobNotifications NONE = provider -> new Subscription() {

        @Override
        public @Nullable URI webhook() {
            return null;
        }

        @Override
        public Flux<Boolean> hints() {
            return Flux.never();
        }

        @Override
        public void close() {}
    };

    /** Prepares for the notifications of one job, before it is submitted to {@code provider}. Never blocks. */
    Subscription open(ProviderId provider);

    /**
     * The notifications of one job.
     *
     * @since 0.1.0
     */
    interface Subscription extends AutoCloseable {

        /** Where the provider is to call, or {@code null} if it is not to. */
        @Nullable URI webhook();

        /** An element whenever the provider called; hints that nobody waited for may be dropped. Hot, never ends. */
        Flux<Boolean> hints();

        /** Forgets the job; later calls are answered as those about an unknown one. Idempotent. */
        @Override
        void close();
    }
}
