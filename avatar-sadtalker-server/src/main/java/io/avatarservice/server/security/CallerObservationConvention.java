package io.avatarservice.server.security;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/** Adds the name of the caller's key to what is measured of every request. There are only as many as there are keys. */
final class CallerObservationConvention extends DefaultServerRequestObservationConvention {

    private static final String KEY = "caller";

    @Override
    public KeyValues getLowCardinalityKeyValues(ServerRequestObservationContext context) {
        Object caller = context.getAttributes().get(Caller.ATTRIBUTE);
        String name = caller instanceof Caller known ? known.name() : KeyValue.NONE_VALUE;
        return super.getLowCardinalityKeyValues(context).and(KEY, name);
    }
}
