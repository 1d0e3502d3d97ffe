package io.avatarservice.client;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.ProviderId;
import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The provider was not called: it cannot do what the request needs, its breaker is open, or its money is spent. Asking it
 * again would end the same, and says nothing about its health.
 */
final class NotAskedException extends AvatarException {

    @Serial
    private static final long serialVersionUID = 1L;

    NotAskedException(ProviderId provider, FailureKind kind, String why) {
        this(provider, kind, why, null);
    }

    NotAskedException(ProviderId provider, FailureKind kind, String why, @Nullable Duration retryAfter) {
        super(builder(kind, why).provider(provider).retryAfter(retryAfter));
    }
}
