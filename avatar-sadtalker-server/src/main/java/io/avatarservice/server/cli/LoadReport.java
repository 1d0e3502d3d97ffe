package io.avatarservice.server.cli;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What a load did to a server.
 *
 * @param answers all of them
 * @param ends the status of the accepted jobs that have ended, by id
 */
record LoadReport(List<LoadAnswer> answers, Map<String, String> ends) {

    /** The jobs that were accepted. */
    static List<String> accepted(List<LoadAnswer> answers) {
        return answers.stream()
                .filter(LoadAnswer::accepted)
                .map(answer -> String.valueOf(answer.job()))
                .toList();
    }

    long accepted() {
        return answers.stream().filter(LoadAnswer::accepted).count();
    }

    long refused() {
        return answers.stream().filter(LoadAnswer::refused).count();
    }

    /** Refusals for now that do not say when to come again. */
    long withoutRetryAfter() {
        return answers.stream()
                .filter(answer -> answer.busy() && answer.retryAfter() == null)
                .count();
    }

    /** Requests without an answer. */
    long failed() {
        return answers.stream().filter(answer -> answer.status() == 0).count();
    }

    /** Jobs that were accepted and have not ended, or of which the server knows nothing. */
    long lost() {
        return accepted(answers).stream().filter(job -> !ends.containsKey(job)).count();
    }

    Map<Integer, Long> refusals() {
        return count(answers.stream().filter(LoadAnswer::refused).toList(), LoadAnswer::status);
    }

    Map<String, Long> endings() {
        return count(ends.values(), Function.identity());
    }

    /**
     * How long the answers that accept a job took.
     *
     * @param time from which moment on
     * @param percentile from 0 to 100, of which so many took no longer
     */
    Duration percentile(ToLongFunction<LoadAnswer> time, double percentile) {
        long[] sorted = answers.stream()
                .filter(LoadAnswer::accepted)
                .mapToLong(time)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return Duration.ZERO;
        }
        int index = (int) Math.ceil(percentile / 100 * sorted.length) - 1;
        return Duration.ofNanos(sorted[Math.max(0, index)]);
    }

    @Override
    public String toString() {
        return "answers=%d accepted=%d refused=%d without_retry_after=%d failed=%d lost=%d p99_ms=%d p99_from_sending_ms=%d"
                .formatted(
                        answers.size(),
                        accepted(),
                        refused(),
                        withoutRetryAfter(),
                        failed(),
                        lost(),
                        percentile(LoadAnswer::nanos, 99).toMillis(),
                        percentile(LoadAnswer::sentNanos, 99).toMillis());
    }

    private static <T, K> Map<K, Long> count(Collection<T> values, Function<T, K> key) {
        return values.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.counting()));
    }
}
