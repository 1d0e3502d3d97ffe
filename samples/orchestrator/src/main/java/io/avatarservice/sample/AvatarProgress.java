package io.avatarservice.sample;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.avatarservice.spi.AvatarException;
import io.avatarservice.spi.AvatarJob;
import io.avatarservice.spi.AvatarVideo;
import io.avatarservice.spi.FailureKind;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of the answer.
 *
 * @param status queued, running, completed or error
 * @param stage what is being done
 * @param progress 0 to 1
 * @param videoUrl where the finished video lies
 * @param kind of the failure
 * @param message what went wrong
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AvatarProgress(
        String status,
        @Nullable String stage,
        @Nullable Double progress,
        @Nullable URI videoUrl,
        @Nullable FailureKind kind,
        @Nullable String message) {

    static AvatarProgress of(AvatarJob job) {
        AvatarVideo video = job.video();
        return new AvatarProgress(
                job.status().name().toLowerCase(Locale.ROOT),
                job.stage(),
                job.progress(),
                video == null ? null : video.url(),
                null,
                null);
    }

    static AvatarProgress of(AvatarException failure) {
        return new AvatarProgress("error", null, null, null, failure.kind(), failure.reason());
    }
}
