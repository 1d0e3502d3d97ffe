package io.avatarservice.server.job;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names one job.
 *
 * @param value 1 to 64 letters, digits, {@code -} or {@code _}, beginning with a letter or digit
 */
public record JobId(String value) implements Comparable<JobId> {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    public JobId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("a job id has 1 to 64 letters, digits, '-' or '_'");
        }
    }

    /** A fresh id that cannot be guessed. */
    public static JobId random() {
        return new JobId(UUID.randomUUID().toString());
    }

    /** Whether {@code text} has the form of a job id. */
    public static boolean isValid(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public int compareTo(JobId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
