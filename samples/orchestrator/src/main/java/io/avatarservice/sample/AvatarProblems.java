package io.avatarservice.sample;

import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.FailureKind;
import java.time.Duration;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What callers are told when there is no video: whose fault it is, what happened, and when to come back. */
@RestControllerAdvice
class AvatarProblems {

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(AvatarException failure) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(statusOf(failure.kind()), failure.reason());
        problem.setProperty("kind", failure.kind());
        problem.setProperty("errors", failure.fieldErrors());
        ResponseEntity.BodyBuilder response = ResponseEntity.status(problem.getStatus());
        Duration retryAfter = failure.retryAfter();
        if (retryAfter != null) {
            response.header(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds()));
        }
        return response.body(problem);
    }

    @ExceptionHandler
    ProblemDetail tooLarge(DataBufferLimitException failure) {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.PAYLOAD_TOO_LARGE, "portrait and speech may have 32 MB each");
    }

    /** The caller's faults are 4xx; everything else is a provider's, and this application is the gateway to it. */
    private static HttpStatus statusOf(FailureKind kind) {
        return switch (kind) {
            case INVALID_REQUEST -> HttpStatus.BAD_REQUEST;
            case FACE_NOT_FOUND -> HttpStatus.UNPROCESSABLE_ENTITY;
            case CONTENT_REJECTED -> HttpStatus.UNAVAILABLE_FOR_LEGAL_REASONS;
            case UNSUPPORTED -> HttpStatus.NOT_IMPLEMENTED;
            case CANCELLED -> HttpStatus.CONFLICT;
            case RATE_LIMITED, UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
            case TIMEOUT -> HttpStatus.GATEWAY_TIMEOUT;
            case AUTHENTICATION, QUOTA_EXHAUSTED, SUBMIT_UNCONFIRMED, RENDER_FAILED -> HttpStatus.BAD_GATEWAY;
        };
    }
}
