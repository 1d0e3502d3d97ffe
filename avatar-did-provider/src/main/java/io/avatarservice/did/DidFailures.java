package io.avatarservice.did;

import io.avatarservice.did.DidWire.Problem;
import io.avatarservice.did.DidWire.Talk;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.FailureKind;
import io.avatarservice.spi.FieldError;
import io.avatarservice.spi.JobFailure;
import io.avatarservice.spi.JobId;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The one place that says what an answer of D-ID, or the lack of one, means. Messages hold no key, no address with a
 * query and no body. Nor do causes: one is kept only where the connection failed, and then the innermost.
 */
final class DidFailures {

    private static final String FALLBACK = "the render failed";

    private final String server;
    private final Clock clock;

    DidFailures(URI baseUrl, Clock clock) {
        this.server = UriComponentsBuilder.fromUri(baseUrl)
                .userInfo(null)
                .replaceQuery(null)
                .toUriString();
        this.clock = clock;
    }

    /** A submit that failed. Unless D-ID refused it or it never left, nobody can tell whether there is a talk now. */
    AvatarException ofSubmit(Throwable seen) {
        AvatarException failure = of(seen, null);
        boolean withoutKey = failure.kind() == FailureKind.AUTHENTICATION;
        if (withoutKey || Transport.neverLeft(seen) || wasRefused(seen)) {
            return failure;
        }
        return exception(
                        FailureKind.SUBMIT_UNCONFIRMED,
                        "the submit was sent and its answer lost: " + failure.reason(),
                        null)
                .cause(failure.getCause())
                .build();
    }

    /** A gateway that gave up waiting says nothing about what happened behind it; one without a server behind it does. */
    private static boolean wasRefused(Throwable seen) {
        return seen instanceof DidResponseException response
                && response.status() != 408
                && (response.status() < 500 || response.status() == 503 || isModeration(response.problem()));
    }

    /** A call that failed. */
    AvatarException of(Throwable seen, @Nullable JobId jobId) {
        if (seen instanceof AvatarException known) {
            return known;
        }
        if (seen instanceof DidResponseException response) {
            return ofResponse(response, jobId);
        }
        if (Transport.neverLeft(seen)) {
            return exception(
                            FailureKind.UNAVAILABLE,
                            "could not connect to " + server + " (" + Transport.reason(seen) + ")",
                            jobId)
                    .cause(Transport.cause(seen))
                    .build();
        }
        if (Transport.timedOut(seen)) {
            return exception(FailureKind.TIMEOUT, "no answer in time from " + server, jobId)
                    .cause(Transport.cause(seen))
                    .build();
        }
        if (Transport.broke(seen)) {
            return exception(FailureKind.UNAVAILABLE, "the connection to " + server + " broke", jobId)
                    .cause(Transport.cause(seen))
                    .build();
        }
        return notUnderstood("an answer that is not understood; is it D-ID?", jobId);
    }

    /** An upload that failed. Nothing is rendered yet, so there is nothing to be unsure of. */
    AvatarException ofUpload(Throwable seen, MediaRole role) {
        AvatarException failure = of(seen, null);
        if (failure.kind() == FailureKind.INVALID_REQUEST) {
            return failure.toBuilder()
                    .fieldErrors(List.of(new FieldError(role.field(), failure.reason())))
                    .build();
        }
        return failure;
    }

    /** A medium of the caller that could not be had from its own server: no other provider would get it either. */
    AvatarException ofFetch(Throwable seen, MediaRole role) {
        if (seen instanceof DidResponseException response) {
            return MediaChecks.refused(role, "could not be fetched (HTTP " + response.status() + ")");
        }
        return MediaChecks.refused(role, "could not be fetched (" + Transport.reason(seen) + ")");
    }

    /** A medium for which there is no room here. */
    AvatarException ofTemporaryFile() {
        return exception(FailureKind.UNAVAILABLE, "a temporary file could not be written", null)
                .build();
    }

    /** A download that was refused; a bucket answers with statuses that mean something else there. */
    AvatarException ofDownload(Throwable seen, JobId jobId) {
        if (isExpiry(seen)) {
            return expired(jobId);
        }
        if (seen instanceof DidResponseException response) {
            int status = response.status();
            return exception(ofStatus(status), "the video's address answered HTTP " + status, jobId)
                    .retryAfter(RetryAfter.parse(response.retryAfter(), clock.instant()))
                    .build();
        }
        return of(seen, jobId);
    }

    /** Whether a bucket says that nothing lies, or may be read, at an address. */
    static boolean isExpiry(Throwable seen) {
        return seen instanceof DidResponseException response
                && List.of(400, 403, 404, 410).contains(response.status());
    }

    AvatarException expired(JobId jobId) {
        return exception(
                        FailureKind.INVALID_REQUEST,
                        "the video is not at its address anymore: it was deleted, or the address has expired",
                        jobId)
                .build();
    }

    /** A 2xx whose body is of no use. */
    AvatarException notUnderstood(String what) {
        return notUnderstood(what, null);
    }

    AvatarException notUnderstood(String what, @Nullable JobId jobId) {
        return exception(FailureKind.UNAVAILABLE, server + " answered with " + what, jobId)
                .build();
    }

    /** A talk that ended in error. D-ID does not document the shape: an object, a text, or a message beside it. */
    JobFailure ofTalk(Talk talk) {
        Problem problem = problem(talk.error() != null ? talk.error() : talk.message());
        FailureKind kind = ofName(problem)
                .or(() -> Optional.ofNullable(problem.description()).flatMap(DidFailures::ofWords))
                .orElse(FailureKind.RENDER_FAILED);
        return new JobFailure(kind, "D-ID ended the talk in error: " + shown(problem, FALLBACK), List.of());
    }

    /** A talk that D-ID refused after it had accepted it. */
    JobFailure ofRejection(Talk talk) {
        Problem problem = problem(talk.error() != null ? talk.error() : talk.message());
        return new JobFailure(
                FailureKind.CONTENT_REJECTED,
                "D-ID rejected the talk: " + shown(problem, "its moderation gave no reason"),
                List.of());
    }

    private static Problem problem(@Nullable Object error) {
        if (error instanceof Map<?, ?> object) {
            Object description = object.get("description") != null ? object.get("description") : object.get("message");
            return new Problem(text(object.get("kind")), text(description), null);
        }
        return new Problem(null, text(error), null);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text && !text.isBlank() ? text : null;
    }

    private AvatarException ofResponse(DidResponseException response, @Nullable JobId jobId) {
        Problem problem = response.problem();
        int status = response.status();
        String seen = server + " answered HTTP " + status;
        return exception(kind(status, problem), problem.kind() == null ? seen : seen + ": " + shown(problem, ""), jobId)
                .retryAfter(RetryAfter.parse(response.retryAfter(), clock.instant()))
                .fieldErrors(fields(problem))
                .build();
    }

    /** A server error is one whatever it is called, except that a refusal by moderation stays one whatever its status. */
    private static FailureKind kind(int status, Problem problem) {
        if (isModeration(problem)) {
            return FailureKind.CONTENT_REJECTED;
        }
        if (status == 404 && problem.understood()) {
            return FailureKind.INVALID_REQUEST;
        }
        return status >= 500 ? ofStatus(status) : ofName(problem).orElseGet(() -> ofStatus(status));
    }

    private static boolean isModeration(Problem problem) {
        return ofName(problem).filter(FailureKind.CONTENT_REJECTED::equals).isPresent();
    }

    /** D-ID's names of errors; what they do not tell is judged by the status. */
    private static Optional<FailureKind> ofName(Problem problem) {
        String name = Objects.requireNonNullElse(problem.kind(), "");
        return Optional.ofNullable(
                switch (name) {
                    case "BadRequestError",
                            "InvalidFileSizeError",
                            "InvalidImageResolutionError",
                            "InvalidAudioDurationError",
                            "UnsupportedMimeTypeError" -> FailureKind.INVALID_REQUEST;
                    case "InvalidFaceError", "FaceError" -> FailureKind.FACE_NOT_FOUND;
                    case "AuthorizationError" -> FailureKind.AUTHENTICATION;
                    case "PermissionError" ->
                        lacksStitch(problem) ? FailureKind.UNSUPPORTED : FailureKind.AUTHENTICATION;
                    case "InsufficientCreditsError" -> FailureKind.QUOTA_EXHAUSTED;
                    case "CelebrityRecognizedError" -> FailureKind.CONTENT_REJECTED;
                    default -> name.endsWith("ModerationError") ? FailureKind.CONTENT_REJECTED : null;
                });
    }

    /** The key is good, the plan lacks the option: nobody has to be woken for it. */
    private static boolean lacksStitch(Problem problem) {
        return problem.description() != null
                && problem.description().toLowerCase(Locale.ROOT).contains("stitch");
    }

    private static Optional<FailureKind> ofWords(String description) {
        String words = description.toLowerCase(Locale.ROOT);
        if (words.contains("moderation") || words.contains("celebrity")) {
            return Optional.of(FailureKind.CONTENT_REJECTED);
        }
        boolean noFace = words.contains("face")
                && (words.contains("not detected") || words.contains("not found") || words.contains("no face"));
        return noFace ? Optional.of(FailureKind.FACE_NOT_FOUND) : Optional.empty();
    }

    private static FailureKind ofStatus(int status) {
        return switch (status) {
            case 401, 403, 407 -> FailureKind.AUTHENTICATION;
            case 402 -> FailureKind.QUOTA_EXHAUSTED;
            case 408, 504 -> FailureKind.TIMEOUT;
            // The talk or its like is at work: later is the only advice, as with too many calls.
            case 409, 425, 429 -> FailureKind.RATE_LIMITED;
            case 451 -> FailureKind.CONTENT_REJECTED;
            // Whoever has no such resource is not D-ID: another provider may do better.
            case 404, 405, 501 -> FailureKind.UNSUPPORTED;
            default -> status >= 400 && status < 500 ? FailureKind.INVALID_REQUEST : FailureKind.UNAVAILABLE;
        };
    }

    private static List<FieldError> fields(Problem problem) {
        String field = switch (Objects.requireNonNullElse(problem.kind(), "")) {
            case "InvalidFileSizeError", "InvalidImageResolutionError", "InvalidFaceError" -> "image";
            case "InvalidAudioDurationError" -> "audio";
            case "PermissionError" -> lacksStitch(problem) ? "options.stitch" : null;
            default -> null;
        };
        return field == null ? List.of() : List.of(new FieldError(field, shown(problem, "refused")));
    }

    /** The error's name and what D-ID says of it. What a gateway says is left out: it may repeat the key. */
    private static String shown(Problem problem, String otherwise) {
        String description = problem.description() == null ? otherwise : Redaction.prose(problem.description());
        if (problem.kind() == null) {
            return description;
        }
        String name = Redaction.prose(problem.kind());
        return description.isEmpty() ? name : name + ": " + description;
    }

    private static AvatarException.Builder exception(FailureKind kind, String message, @Nullable JobId jobId) {
        return AvatarException.builder(kind, message)
                .provider(DidAvatarProvider.ID)
                .jobId(jobId);
    }
}
