package io.avatarservice.server.job;

import io.micrometer.context.ThreadLocalAccessor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Carries the job from the thread that renders to whatever thread logs for it. Found by its service file. */
public final class JobLogAccessor implements ThreadLocalAccessor<Map<String, String>> {

    @Override
    public Object key() {
        return "avatar.job";
    }

    @Override
    public @Nullable Map<String, String> getValue() {
        Map<String, String> context = JobLog.current();
        return context.isEmpty() ? null : context;
    }

    @Override
    public void setValue(Map<String, String> context) {
        JobLog.replace(context);
    }

    @Override
    public void setValue() {
        JobLog.replace(Map.of());
    }
}
