package io.avatarservice.server.job;

import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Why a job ended in error.
 *
 * @param code the stable code
 * @param message for people
 * @param field the request field at fault in its wire name, where it is one
 */
public record JobError(
        ProblemCode code, String message, @Nullable String field) {

    static JobError of(ProblemException problem) {
        return new JobError(problem.code(), problem.reason(), problem.field());
    }

    /** The same failure for a caller that waited for the job. */
    public ProblemException toException() {
        return new ProblemException(code, field, message);
    }
}
