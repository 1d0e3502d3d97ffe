package io.avatarservice.server.security;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Carries the caller's name from the request to whatever thread logs for it. Found by its service file. */
public final class CallerLogAccessor implements ThreadLocalAccessor<String> {

    /** Name in the logging context, and in Reactor's. */
    static final String KEY = "caller";

    @Override
    public Object key() {
        return KEY;
    }

    @Override
    public @Nullable String getValue() {
        return MDC.get(KEY);
    }

    @Override
    public void setValue(String name) {
        MDC.put(KEY, name);
    }

    @Override
    public void setValue() {
        MDC.remove(KEY);
    }
}
