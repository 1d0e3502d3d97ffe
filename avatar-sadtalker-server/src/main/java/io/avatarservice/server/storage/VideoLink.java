package io.avatarservice.server.storage;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a video can be downloaded, and for how long. The address may be a permission of its own, so it is never printed.
 *
 * @param url absolute (a bucket's), or a path such as {@code /media/<key>} where this server serves the video itself
 * @param expiresAt when the address stops working; {@code null} where it works as long as the video is stored
 */
public record VideoLink(URI url, @Nullable Instant expiresAt) {

    @Override
    public String toString() {
        return "VideoLink[expiresAt=" + expiresAt + "]";
    }
}
