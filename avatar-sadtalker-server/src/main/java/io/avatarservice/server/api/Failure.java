package io.avatarservice.server.api;

import io.avatarservice.server.job.Job;
import io.avatarservice.server.job.JobError;
import io.avatarservice.server.problem.ProblemCode;
import io.avatarservice.server.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.reactive.resource.NoResourceFoundException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/**
 * What a client is told when a call fails, whatever threw it.
 *
 * @param status HTTP status
 * @param code stable code
 * @param message for people
 * @param field the request field at fault, where it is one
 * @param headers that the status calls for, such as {@code Allow}
 */
record Failure(
        HttpStatusCode status,
        ProblemCode code,
        String message,
        @Nullable String field,
        HttpHeaders headers) {

    /** Stands for the body as a whole where a field is named. */
    static final String BODY = "body";

    static Failure of(Throwable error) {
        if (error instanceof ProblemException problem) {
            return of(problem.code(), problem.reason(), problem.field());
        }
        if (error.getCause() instanceof DecodingException || error instanceof DecodingException) {
            return of(ProblemCode.INVALID_REQUEST, "the body is malformed or incomplete", BODY);
        }
        if (error instanceof ErrorResponse response) {
            return ofFramework(response, error);
        }
        if (error instanceof DataAccessException || error instanceof TransactionException) {
            return of(ProblemCode.STORAGE_UNAVAILABLE, "the database of the jobs does not answer", null);
        }
        if (error instanceof DataBufferLimitException) {
            return of(ProblemCode.PAYLOAD_TOO_LARGE, "a part of the request is larger than allowed", null);
        }
        return of(ProblemCode.INTERNAL, "the server failed unexpectedly", null);
    }

    /** Why a finished job has no video. */
    static Failure of(Job job) {
        JobError error = job.error();
        return error == null
                ? of(ProblemCode.CANCELLED, "the job was cancelled", null)
                : of(error.code(), error.message(), error.field());
    }

    List<WireFieldError> fields() {
        return field == null ? List.of() : List.of(new WireFieldError(field, message));
    }

    private static Failure of(ProblemCode code, String message, @Nullable String field) {
        return new Failure(HttpStatus.valueOf(code.httpStatus()), code, message, field, new HttpHeaders());
    }

    private static Failure ofFramework(ErrorResponse response, Throwable error) {
        HttpStatusCode status = response.getStatusCode();
        String detail = response.getBody().getDetail();
        ProblemCode code = code(status);
        return new Failure(
                status, code, message(error, detail != null ? detail : code.name()), null, response.getHeaders());
    }

    private static String message(Throwable error, String detail) {
        if (error instanceof NoResourceFoundException) {
            return "there is nothing at this address";
        }
        if (error instanceof UnsupportedMediaTypeStatusException unsupported && unsupported.getContentType() == null) {
            return "the Content-Type header is missing";
        }
        return detail;
    }

    private static ProblemCode code(HttpStatusCode status) {
        return switch (status.value()) {
            case 401 -> ProblemCode.AUTHENTICATION;
            case 403 -> ProblemCode.FORBIDDEN;
            case 404 -> ProblemCode.NOT_FOUND;
            case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
            case 406 -> ProblemCode.NOT_ACCEPTABLE;
            case 413 -> ProblemCode.PAYLOAD_TOO_LARGE;
            case 415 -> ProblemCode.UNSUPPORTED_MEDIA;
            default -> status.is4xxClientError() ? ProblemCode.INVALID_REQUEST : ProblemCode.INTERNAL;
        };
    }
}
