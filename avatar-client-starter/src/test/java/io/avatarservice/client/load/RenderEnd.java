package io.avatarservice.client.load;

import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.ProviderId;
import org.jspecify.annotations.Nullable;

/**
 * How a render ended.
 *
 * @param key its idempotency key
 * @param provider whose video was downloaded, or {@code null}
 * @param kind of the failure, or {@code null}
 */
record RenderEnd(
        String key, @Nullable ProviderId provider, @Nullable FailureKind kind) {}
