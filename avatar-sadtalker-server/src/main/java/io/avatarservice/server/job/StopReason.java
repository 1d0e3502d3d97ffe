package io.avatarservice.server.job;

import io.avatarservice.server.problem.ProblemCode;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** Why a job is ended from outside, and what becomes of it then. */
enum StopReason {
    CANCELLED {
        @Override
        UnaryOperator<Job> transition(Instant now) {
            return job -> job.cancelled(now);
        }
    },
    SHUTTING_DOWN {
        @Override
        UnaryOperator<Job> transition(Instant now) {
            return job -> job.failed(
                    new JobError(ProblemCode.SHUTTING_DOWN, "the server stopped before the job was finished", null),
                    now);
        }
    };

    abstract UnaryOperator<Job> transition(Instant now);
}
