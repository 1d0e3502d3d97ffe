package io.avatarservice.server.storage;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where finished videos go.
 *
 * @param provider Kind of store.
 * @param local Store in a directory of this machine.
 */
@ConfigurationProperties("avatar.storage")
public record StorageProperties(
        @DefaultValue("local") StorageProvider provider,
        @DefaultValue Local local) {

    /**
     * @param directory Directory of the videos, created when missing; '.avatar-service/media' in the home directory when
     *     not set.
     */
    public record Local(@Nullable Path directory) {

        Path resolvedDirectory() {
            return directory != null ? directory : Path.of(System.getProperty("user.home"), ".avatar-service", "media");
        }
    }
}
