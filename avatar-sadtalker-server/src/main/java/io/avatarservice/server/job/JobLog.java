package io.avatarservice.server.job;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.MDC;

/** Job and driver in the logging context of the thread that works on them. */
public final class JobLog {

    private static final String JOB_ID = "job_id";
    private static final String DRIVER = "driver";

    private JobLog() {}

    /** Does something that belongs to a job and its driver. */
    public static void with(Job job, Runnable work) {
        with(Map.of(JOB_ID, job.id().value(), DRIVER, job.driver()), () -> {
            work.run();
            return true;
        });
    }

    /** Does something that belongs to a job. */
    static <T> T with(JobId id, Supplier<T> work) {
        return with(Map.of(JOB_ID, id.value()), work);
    }

    /** What the current thread has of it. */
    static Map<String, String> current() {
        Map<String, String> context = new LinkedHashMap<>();
        Stream.of(JOB_ID, DRIVER).filter(key -> MDC.get(key) != null).forEach(key -> context.put(key, MDC.get(key)));
        return context;
    }

    /** Replaces what the current thread has of it. */
    static void replace(Map<String, String> context) {
        MDC.remove(JOB_ID);
        MDC.remove(DRIVER);
        context.forEach(MDC::put);
    }

    private static <T> T with(Map<String, String> context, Supplier<T> work) {
        Map<String, String> before = current();
        context.forEach(MDC::put);
        try {
            return work.get();
        } finally {
            replace(before);
        }
    }
}
