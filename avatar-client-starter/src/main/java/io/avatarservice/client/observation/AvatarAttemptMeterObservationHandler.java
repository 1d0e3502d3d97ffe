package io.avatarservice.client.observation;

import io.avatarservice.spi.AvatarAttempt;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.util.Locale;
import java.util.Objects;

/**
 * Times each provider's part in a render as {@value #NAME}, with the tags {@code avatar.provider},
 * {@code avatar.outcome} ({@code succeeded}, {@code failed}, {@code skipped}) and {@code avatar.failure}.
 *
 * @since 0.1.0
 */
public final class AvatarAttemptMeterObservationHandler implements ObservationHandler<AvatarClientObservationContext> {

    /** The timer's name. */
    public static final String NAME = "avatar.client.attempt";

    private final MeterRegistry meters;

    /** Writes to {@code meters}. */
    public AvatarAttemptMeterObservationHandler(MeterRegistry meters) {
        this.meters = Objects.requireNonNull(meters, "meters");
    }

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof AvatarClientObservationContext;
    }

    @Override
    public void onStop(AvatarClientObservationContext context) {
        context.attempts().forEach(this::record);
    }

    private void record(AvatarAttempt attempt) {
        Timer.builder(NAME)
                .description("One provider's part in a render")
                .tag("avatar.provider", attempt.provider().value())
                .tag("avatar.outcome", attempt.outcome().name().toLowerCase(Locale.ROOT))
                .tag(
                        "avatar.failure",
                        attempt.kind() == null
                                ? KeyValue.NONE_VALUE
                                : attempt.kind().name())
                .register(meters)
                .record(attempt.duration());
    }
}
