package io.avatarservice.server.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.io.IOException;
import java.util.List;

/** Reads the JSON body of a batch, one job at a time. */
final class BatchRequestReader {

    private static final String JOBS = "jobs";

    private final JsonRequestReader jobs;
    private final int mostJobs;

    /** {@code jobs} reads each of them. */
    BatchRequestReader(JsonRequestReader jobs, int mostJobs) {
        this.jobs = jobs;
        this.mostJobs = mostJobs;
    }

    /** Takes one job of a batch: reads its fields, and does with them what it likes. */
    interface Item {

        /** What is thrown is thrown by {@link #read}; the rest of the job is read over else. */
        void read(FieldReader fields) throws IOException;
    }

    /** Reads the fields of one job. */
    interface FieldReader {

        void into(RequestDraft draft) throws IOException;
    }

    /**
     * Reads all jobs, once it is known that the body as a whole is well-formed.
     *
     * @throws ProblemException {@code INVALID_REQUEST} or {@code PAYLOAD_TOO_LARGE} where it is not, or has no jobs or too
     *     many
     */
    void read(JsonBody body, Item item) throws IOException {
        int count = walk(body, fields -> {});
        if (count == 0) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, JOBS, "jobs is empty");
        }
        if (count > mostJobs) {
            throw new ProblemException(
                    ProblemCode.PAYLOAD_TOO_LARGE,
                    JOBS,
                    "a batch has at most %d jobs, this one has %d".formatted(mostJobs, count));
        }
        walk(body, item);
    }

    private int walk(JsonBody body, Item item) throws IOException {
        return jobs.parse(body, json -> {
            int count = 0;
            boolean found = false;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                if (!field.equals(JOBS)) {
                    throw RequestDraft.unknownFields(List.of(field));
                }
                found = true;
                if (json.nextToken() != JsonToken.START_ARRAY) {
                    throw new ProblemException(ProblemCode.INVALID_REQUEST, JOBS, "jobs must be an array");
                }
                count = items(json, body, item);
            }
            if (!found) {
                throw new ProblemException(ProblemCode.INVALID_REQUEST, JOBS, "jobs is missing");
            }
            return count;
        });
    }

    private int items(JsonParser json, JsonBody body, Item item) throws IOException {
        JsonStreamContext array = json.getParsingContext();
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw new ProblemException(
                        ProblemCode.INVALID_REQUEST, "jobs[" + count + "]", "each job must be a JSON object");
            }
            item.read(draft -> jobs.fields(json, body, draft));
            while (json.currentToken() != JsonToken.END_OBJECT || json.getParsingContext() != array) {
                json.nextToken();
            }
            count++;
        }
        return count;
    }
}
