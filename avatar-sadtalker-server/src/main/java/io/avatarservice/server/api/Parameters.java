package io.avatarservice.server.api;

import io.avatarservice.server.job.BatchId;
import io.avatarservice.server.job.JobCursor;
import io.avatarservice.server.job.JobId;
import io.avatarservice.server.job.JobStatus;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads path variables, query parameters and headers; says precisely what is wrong with them. */
final class Parameters {

    private static final int DEFAULT_PAGE_SIZE = 20;
    private static final int LARGEST_PAGE_SIZE = 100;

    private Parameters() {}

    /** The id of a job that should exist: what is no id names no job. */
    static JobId jobId(String text) {
        if (!JobId.isValid(text)) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "there is no such job");
        }
        return new JobId(text);
    }

    /** The id of a batch that should exist. */
    static BatchId batchId(String text) {
        if (!JobId.isValid(text)) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "there is no such batch");
        }
        return new BatchId(text);
    }

    /** The id of a job to be. */
    static JobId newJobId(String text) {
        if (!JobId.isValid(text)) {
            throw invalid("id", "a job id has 1 to 64 letters, digits, '-' or '_' and begins with a letter or digit");
        }
        return new JobId(text);
    }

    static @Nullable JobStatus status(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(JobStatus.values())
                .filter(status -> status.wireName().equals(text))
                .findFirst()
                .orElseThrow(() -> invalid(
                        "status",
                        "status must be one of "
                                + Arrays.stream(JobStatus.values())
                                        .map(JobStatus::wireName)
                                        .collect(Collectors.joining(", "))));
    }

    static int pageSize(@Nullable String text) {
        if (text == null) {
            return DEFAULT_PAGE_SIZE;
        }
        try {
            int size = Integer.parseInt(text);
            if (size >= 1 && size <= LARGEST_PAGE_SIZE) {
                return size;
            }
        } catch (NumberFormatException e) {
            // the same answer as for a number out of range
        }
        throw invalid("limit", "limit must be a whole number from 1 to " + LARGEST_PAGE_SIZE);
    }

    static String text(JobCursor cursor) {
        String plain = cursor.createdAt() + "/" + cursor.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.US_ASCII));
    }

    static @Nullable JobCursor cursor(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
            String[] parts = plain.split("/", 2);
            if (parts.length == 2) {
                return new JobCursor(Instant.parse(parts[0]), new JobId(parts[1]));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // not one of ours
        }
        throw invalid("cursor", "cursor must be the next_cursor of an earlier page");
    }

    /** The version of the job in the last event that a client saw; 0 where it saw none. */
    static long lastEventId(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return 0;
        }
        try {
            long id = Long.parseLong(text.strip());
            if (id >= 0) {
                return id;
            }
        } catch (NumberFormatException e) {
            // not one of ours
        }
        throw invalid("Last-Event-ID", "Last-Event-ID must be the id of an event of this job");
    }

    private static ProblemException invalid(String field, String message) {
        return new ProblemException(ProblemCode.INVALID_REQUEST, field, message);
    }
}
