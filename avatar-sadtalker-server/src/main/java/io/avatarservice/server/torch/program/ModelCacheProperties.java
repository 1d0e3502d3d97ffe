package io.avatarservice.server.torch.program;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where installed networks lie.
 *
 * @param cache Directory for networks made from the checkpoints, about as large as these; may be shared by several servers.
 *     A directory "avatar-service" in the user's cache directory when not set.
 */
@ConfigurationProperties("avatar.models")
public record ModelCacheProperties(@Nullable Path cache) {

    /** The directory, by the XDG base directory rules where it is not set. */
    public Path directory() {
        if (cache != null) {
            return cache;
        }
        String caches = System.getenv("XDG_CACHE_HOME");
        Path parent = caches == null || caches.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(caches);
        return parent.resolve("avatar-service");
    }
}
