package io.avatarservice.client.sadtalker;

import io.avatarservice.client.sadtalker.SadTalkerWire.JobError;
import io.avatarservice.client.sadtalker.SadTalkerWire.Problem;
import io.avatarservice.client.sadtalker.SadTalkerWire.ProblemField;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.FieldError;
import io.avatarservice.spi.JobFailure;
import io.avatarservice.spi.JobId;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.WebClientRequestException;

/** The one place that says what an answer, or the lack of one, means. */
final class SadTalkerFailures {

    private final URI baseUrl;
    private final Clock clock;

    SadTalkerFailures(URI baseUrl, Clock clock) {
        this.baseUrl = baseUrl;
        this.clock = clock;
    }

    /** A submit that failed. Without a key nobody can tell whether there is a job now, unless the request never left. */
    AvatarException ofSubmit(Throwable seen, boolean keyed) {
        AvatarException failure = of(seen, null);
        if (keyed || neverLeft(seen) || wasRefused(seen, failure)) {
            return failure;
        }
        return exception(
                        FailureKind.SUBMIT_UNCONFIRMED,
                        "the submit was sent and its answer lost: " + failure.getMessage(),
                        null,
                        seen)
                .build();
    }

    /** By the server in an answer, or by us before the call; not an accepted job that could not be read. */
    private static boolean wasRefused(Throwable seen, AvatarException failure) {
        return seen instanceof SadTalkerResponseException
                || (seen instanceof AvatarException && failure.kind() == FailureKind.INVALID_REQUEST);
    }

    /** A call about a job that failed. */
    AvatarException of(Throwable seen, @Nullable JobId jobId) {
        if (seen instanceof AvatarException known) {
            return known;
        }
        if (seen instanceof SadTalkerResponseException response) {
            return ofResponse(response, jobId);
        }
        if (neverLeft(seen)) {
            return exception(FailureKind.UNAVAILABLE, "could not connect to " + baseUrl + reasonOf(seen), jobId, seen)
                    .build();
        }
        if (timedOut(seen)) {
            return exception(FailureKind.TIMEOUT, "no answer in time from " + baseUrl, jobId, seen)
                    .build();
        }
        if (causes(seen).anyMatch(cause -> cause instanceof WebClientRequestException)) {
            return exception(
                            FailureKind.UNAVAILABLE,
                            "the connection to " + baseUrl + " broke" + reasonOf(seen),
                            jobId,
                            seen)
                    .build();
        }
        return exception(
                        FailureKind.UNAVAILABLE,
                        baseUrl + " sent an answer that is not understood; is it an Avatar Service server?",
                        jobId,
                        seen)
                .build();
    }

    /** A download that was refused; a bucket answers with statuses that mean something else there. */
    AvatarException ofDownload(Throwable seen, JobId jobId) {
        if (seen instanceof SadTalkerResponseException response
                && response.problem().code() == null
                && List.of(403, 404, 410).contains(response.status())) {
            return exception(
                            FailureKind.INVALID_REQUEST,
                            "the video is not at its address anymore (HTTP " + response.status()
                                    + "): it was deleted, or the address has expired",
                            jobId,
                            null)
                    .build();
        }
        return of(seen, jobId);
    }

    /** A job that ended in error: whatever the code says about the server, this job is over. */
    JobFailure ofJob(@Nullable JobError error) {
        if (error == null) {
            return new JobFailure(FailureKind.RENDER_FAILED, "the render failed without a reason given", List.of());
        }
        String message = Objects.requireNonNullElse(error.message(), "the render failed");
        FailureKind kind = ofCode(error.code())
                .filter(known -> known != FailureKind.UNAVAILABLE)
                .orElse(FailureKind.RENDER_FAILED);
        List<FieldError> fields = error.field() == null ? List.of() : List.of(new FieldError(error.field(), message));
        return new JobFailure(kind, message, fields);
    }

    private AvatarException ofResponse(SadTalkerResponseException response, @Nullable JobId jobId) {
        Problem problem = response.problem();
        int status = response.status();
        FailureKind kind = ofCode(problem.code()).orElseGet(() -> ofStatus(status));
        return exception(kind, message(problem, status), jobId, null)
                .retryAfter(retryAfter(response.retryAfter()))
                .fieldErrors(fields(problem))
                .build();
    }

    private String message(Problem problem, int status) {
        if (problem.detail() != null) {
            return problem.detail();
        }
        String title = problem.title() == null ? "" : " (" + problem.title() + ")";
        return baseUrl + " answered HTTP " + status + title;
    }

    /** The server's codes; what it does not know yet, or we do not, is judged by its status. */
    private static Optional<FailureKind> ofCode(@Nullable String code) {
        if (code == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch (code) {
                    case "INVALID_REQUEST",
                            "PAYLOAD_TOO_LARGE",
                            "UNSUPPORTED_MEDIA",
                            "IDEMPOTENCY_KEY_REUSED",
                            "CONFLICT" -> FailureKind.INVALID_REQUEST;
                    case "FACE_NOT_FOUND" -> FailureKind.FACE_NOT_FOUND;
                    case "AUTHENTICATION" -> FailureKind.AUTHENTICATION;
                    case "UNSUPPORTED", "DRIVER_NOT_READY" -> FailureKind.UNSUPPORTED;
                    case "QUEUE_FULL", "STORAGE_UNAVAILABLE", "INTERNAL" -> FailureKind.UNAVAILABLE;
                    case "TIMEOUT" -> FailureKind.TIMEOUT;
                    case "RENDER_FAILED" -> FailureKind.RENDER_FAILED;
                    case "CANCELLED" -> FailureKind.CANCELLED;
                    default -> null;
                });
    }

    private static FailureKind ofStatus(int status) {
        return switch (status) {
            case 401, 403, 407 -> FailureKind.AUTHENTICATION;
            case 402 -> FailureKind.QUOTA_EXHAUSTED;
            case 408, 504 -> FailureKind.TIMEOUT;
            case 429 -> FailureKind.RATE_LIMITED;
            case 451 -> FailureKind.CONTENT_REJECTED;
            // A server that has no such resource is not ours, or an older one: another provider may do better.
            case 404, 405, 501 -> FailureKind.UNSUPPORTED;
            default -> status >= 400 && status < 500 ? FailureKind.INVALID_REQUEST : FailureKind.UNAVAILABLE;
        };
    }

    private static List<FieldError> fields(Problem problem) {
        List<@Nullable ProblemField> errors = Objects.requireNonNullElse(problem.errors(), List.of());
        return errors.stream()
                .flatMap(error -> error == null || error.field() == null
                        ? Stream.empty()
                        : Stream.of(
                                new FieldError(error.field(), Objects.requireNonNullElse(error.message(), "refused"))))
                .toList();
    }

    /** Seconds or a date, as RFC 9110 section 10.2.3 allows; anything else is as good as nothing. */
    private @Nullable Duration retryAfter(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String value = header.strip();
        try {
            Duration wait = value.chars().allMatch(Character::isDigit)
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
            return null;
        }
    }

    private static boolean neverLeft(Throwable seen) {
        return causes(seen)
                .anyMatch(cause -> cause instanceof ConnectException
                        || cause instanceof UnknownHostException
                        || cause instanceof NoRouteToHostException
                        || cause instanceof SSLHandshakeException);
    }

    /** By name, because each HTTP client has a class of its own, and they share no type. */
    private static boolean timedOut(Throwable seen) {
        return causes(seen).anyMatch(cause -> cause.getClass().getSimpleName().endsWith("TimeoutException"));
    }

    private static String reasonOf(Throwable seen) {
        Throwable root = causes(seen).reduce(seen, (first, second) -> second);
        return root.getMessage() == null ? "" : ": " + root.getMessage();
    }

    private static Stream<Throwable> causes(Throwable seen) {
        return Stream.iterate(seen, Objects::nonNull, Throwable::getCause).limit(16);
    }

    private static AvatarException.Builder exception(
            FailureKind kind, String message, @Nullable JobId jobId, @Nullable Throwable cause) {
        return AvatarException.builder(kind, message)
                .provider(SadTalkerAvatarProvider.ID)
                .jobId(jobId)
                .cause(cause);
    }
}
