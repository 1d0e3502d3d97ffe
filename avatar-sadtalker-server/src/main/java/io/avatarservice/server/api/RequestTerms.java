package io.avatarservice.server.api;

import io.avatarservice.server.job.JobTerms;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The fields of a request that are about the queue and not about the video. */
final class RequestTerms {

    static final String PRIORITY = "priority";
    static final String DEADLINE = "deadline";
    static final String TTL = "ttl_seconds";

    private final Map<String, String> given = new TreeMap<>();

    /** Takes a field as the client wrote it. */
    void set(String field, String text) {
        given.put(field, text.strip());
    }

    /** What the client wrote, by field. */
    Map<String, String> given() {
        return given;
    }

    /**
     * The checked terms.
     *
     * @param longestTtl how long the server keeps finished jobs at most
     * @throws ProblemException {@code INVALID_REQUEST}
     */
    JobTerms checked(Duration longestTtl) {
        int priority = (int) number(PRIORITY, JobTerms.LOWEST_PRIORITY, JobTerms.HIGHEST_PRIORITY, 0);
        Duration ttl = given.containsKey(TTL) ? Duration.ofSeconds(number(TTL, 1, longestTtl.toSeconds(), 1)) : null;
        return new JobTerms(priority, deadline(), ttl);
    }

    private long number(String field, long least, long most, long otherwise) {
        String text = given.get(field);
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // the same answer as for a number out of range
        }
        throw new ProblemException(
                ProblemCode.INVALID_REQUEST,
                field,
                "%s must be a whole number from %d to %d".formatted(field, least, most));
    }

    private @Nullable Instant deadline() {
        String text = given.get(DEADLINE);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                    .toInstant()
                    .truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    DEADLINE,
                    "deadline must be a time with its offset, such as 2030-01-01T12:00:00Z",
                    e);
        }
    }
}
