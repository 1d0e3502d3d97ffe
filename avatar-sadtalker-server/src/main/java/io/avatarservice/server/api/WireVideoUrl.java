package io.avatarservice.server.api;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.avatarservice.server.storage.VideoLink;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a finished video is. */
@Schema(name = "VideoUrl")
@JsonNaming(SnakeCaseStrategy.class)
record WireVideoUrl(
        @Schema(description = "Where to download the video") URI videoUrl,

        @Schema(description = "When the address expires, where it does", nullable = true) @Nullable Instant expiresAt) {

    static WireVideoUrl of(VideoLink link) {
        return new WireVideoUrl(link.url(), link.expiresAt());
    }

    /** Without the address: where it is signed, knowing it is the permission. */
    @Override
    public String toString() {
        return "WireVideoUrl[expiresAt=" + expiresAt + "]";
    }
}
