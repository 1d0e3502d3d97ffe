package io.avatarservice.did;

import io.avatarservice.did.DidWire.Talk;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarJobStatus;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.JobFailure;
import io.avatarservice.spi.JobId;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns talks on the wire into jobs of ours. */
final class DidJobs {

    private static final Logger log = LoggerFactory.getLogger(DidJobs.class);

    private static final Duration RESULT_LIFETIME = Duration.ofHours(24);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int MAX_UNKNOWN_STATUSES = 32;

    private final DidFailures failures;
    private final SubmitNotes notes;
    private final Set<String> unknownStatuses = ConcurrentHashMap.newKeySet();

    DidJobs(DidFailures failures, SubmitNotes notes) {
        this.failures = failures;
        this.notes = notes;
    }

    /** The talk's name, as ours. */
    JobId id(Talk talk) {
        try {
            return JobId.of(Objects.requireNonNullElse(talk.id(), ""));
        } catch (IllegalArgumentException e) {
            throw failures.notUnderstood("a talk without a usable id");
        }
    }

    /** The talk as it was just accepted: whatever it says, the next look tells more. */
    AvatarJob accepted(Talk talk) {
        return AvatarJob.queued(DidAvatarProvider.ID, id(talk));
    }

    /** The talk as a look shows it. */
    AvatarJob toJob(Talk talk) {
        JobId id = id(talk);
        AvatarJobStatus status = status(talk);
        return AvatarJob.builder(DidAvatarProvider.ID, id, status)
                .progress(status == AvatarJobStatus.COMPLETED ? 1 : 0)
                .stage(status.isTerminal() || talk.status() == null ? null : Redaction.prose(talk.status()))
                .video(status == AvatarJobStatus.COMPLETED ? video(id, talk) : null)
                .failure(status == AvatarJobStatus.ERROR ? failure(talk) : null)
                .build();
    }

    private AvatarJobStatus status(Talk talk) {
        return switch (Objects.requireNonNullElse(talk.status(), "")) {
            case "created" -> AvatarJobStatus.QUEUED;
            case "started" -> AvatarJobStatus.RUNNING;
            // The address may come a moment after the status.
            case "done" -> talk.resultUrl() == null ? AvatarJobStatus.RUNNING : AvatarJobStatus.COMPLETED;
            case "error", "rejected" -> AvatarJobStatus.ERROR;
            default -> unknown(Objects.requireNonNullElse(talk.status(), "none"));
        };
    }

    /** Whoever waits has a deadline, so a status that D-ID adds one day may be waited for. */
    private AvatarJobStatus unknown(String status) {
        String shown = Redaction.prose(status);
        if (unknownStatuses.size() < MAX_UNKNOWN_STATUSES && unknownStatuses.add(shown)) {
            log.warn("D-ID told a status that is not known: {}. Its talks count as running", shown);
        }
        return AvatarJobStatus.RUNNING;
    }

    private JobFailure failure(Talk talk) {
        return "rejected".equals(talk.status()) ? failures.ofRejection(talk) : failures.ofTalk(talk);
    }

    private AvatarVideo video(JobId id, Talk talk) {
        URI url = url(id, Objects.requireNonNull(talk.resultUrl()));
        List<?> resolution = talk.metadata() instanceof Map<?, ?> metadata
                        && metadata.get("resolution") instanceof List<?> pair
                        && pair.size() == 2
                ? pair
                : List.of();
        return AvatarVideo.builder(DidAvatarProvider.ID, id, url)
                .contentType(contentType(url))
                .duration(duration(talk.duration()))
                .width(resolution.isEmpty() ? null : pixels(resolution.get(0)))
                .height(resolution.isEmpty() ? null : pixels(resolution.get(1)))
                .expiresAt(expiresAt(url, talk))
                .warnings(notes.warnings(id))
                .build();
    }

    private URI url(JobId id, String resultUrl) {
        try {
            URI url = URI.create(resultUrl);
            String scheme = Objects.requireNonNullElse(url.getScheme(), "").toLowerCase(Locale.ROOT);
            if (Set.of("http", "https").contains(scheme) && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Told below, without the cause: its message repeats the address.
        }
        throw failures.notUnderstood("a video at an address that cannot be used", id);
    }

    private static String contentType(URI url) {
        return url.getPath().toLowerCase(Locale.ROOT).endsWith(".mov") ? "video/quicktime" : "video/mp4";
    }

    private static @Nullable Duration duration(@Nullable Object seconds) {
        return seconds instanceof Number number && number.doubleValue() >= 0
                ? Duration.ofNanos(Math.round(number.doubleValue() * NANOS_PER_SECOND))
                : null;
    }

    private static @Nullable Integer pixels(@Nullable Object value) {
        return value instanceof Number number && number.intValue() > 0 ? number.intValue() : null;
    }

    private static @Nullable Instant expiresAt(URI url, Talk talk) {
        Instant signed = SignedUrl.expiry(url);
        if (signed != null) {
            return signed;
        }
        Instant created = createdAt(talk);
        return created == null ? null : created.plus(RESULT_LIFETIME);
    }

    /** When the talk was accepted, or {@code null} where it does not tell. */
    static @Nullable Instant createdAt(Talk talk) {
        try {
            return talk.createdAt() == null ? null : Instant.parse(talk.createdAt());
        } catch (DateTimeException e) {
            return null;
        }
    }
}
