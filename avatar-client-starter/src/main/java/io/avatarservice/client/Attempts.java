package io.avatarservice.client;

import io.avatarservice.spi.AvatarAttempt;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.ProviderId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Who was asked for one video, and what came of it. Used by one signal at a time. */
final class Attempts {

    private final List<AvatarAttempt> attempts = new ArrayList<>();
    private final List<AvatarException> failures = new ArrayList<>();

    /** Notes a failure, or that the provider was passed over. */
    void add(ProviderId provider, AvatarException failure, Duration duration) {
        failures.add(failure);
        attempts.add(
                failure instanceof NotAskedException
                        ? AvatarAttempt.skipped(provider, failure.kind(), failure.reason())
                        : AvatarAttempt.failed(provider, failure, duration));
    }

    /** The job, whose video, if it has one, tells who was asked for it. */
    AvatarJob tell(AvatarJob job, Duration duration) {
        AvatarVideo video = job.video();
        if (video == null) {
            return job;
        }
        return AvatarJob.builder(job.provider(), job.id(), job.status())
                .progress(job.progress())
                .stage(job.stage())
                .queuePosition(job.queuePosition())
                .driver(job.driver())
                .video(video.toBuilder()
                        .attempts(with(AvatarAttempt.succeeded(job.provider(), job.id(), duration)))
                        .build())
                .build();
    }

    /** The one failure to be told: that of the provider that was asked last, with the others in its message and suppressed. */
    AvatarException conclude() {
        int told = failures.size() - 1;
        while (told > 0 && failures.get(told) instanceof NotAskedException) {
            told--;
        }
        AvatarException failure = failures.get(told);
        if (failures.size() == 1) {
            return copy(failure, failure.reason(), attempts.get(told))
                    .cause(failure.getCause())
                    .build();
        }
        String all = attempts.stream()
                .map(attempt -> attempt.provider() + ": " + attempt.message())
                .collect(Collectors.joining("; "));
        AvatarException one = copy(failure, "no provider delivered the video: " + all, attempts.get(told))
                .cause(failure)
                .build();
        failures.stream().filter(other -> other != failure).forEach(one::addSuppressed);
        return one;
    }

    private AvatarException.Builder copy(AvatarException failure, String message, AvatarAttempt attempt) {
        return AvatarException.builder(failure.kind(), message)
                .provider(attempt.provider())
                .jobId(failure.jobId())
                .retryAfter(failure.retryAfter())
                .fieldErrors(failure.fieldErrors())
                .attempts(attempts);
    }

    private List<AvatarAttempt> with(AvatarAttempt last) {
        List<AvatarAttempt> all = new ArrayList<>(attempts);
        all.add(last);
        return all;
    }
}
