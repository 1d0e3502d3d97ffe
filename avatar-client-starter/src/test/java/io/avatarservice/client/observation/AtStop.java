package io.avatarservice.client.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import java.util.function.Consumer;

/** Looks at each observation as it stops. */
record AtStop(Consumer<AvatarClientObservationContext> look)
        implements ObservationHandler<AvatarClientObservationContext> {

    @Override
    public boolean supportsContext(Observation.Context context) {
        return context instanceof AvatarClientObservationContext;
    }

    @Override
    public void onStop(AvatarClientObservationContext context) {
        look.accept(context);
    }
}
