package io.avatarservice.client.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names the observations of a client and their keys. A bean of this type replaces the
 * {@linkplain DefaultAvatarClientObservationConvention default}.
 *
 * @since 0.1.0
 */
public interface AvatarClientObservationConvention extends ObservationConvention<AvatarClientObservationContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof AvatarClientObservationContext;
    }
}
