package io.avatarservice.server.torch.model;

import jakarta.validation.Valid;
import jakarta.validation.constraints.PositiveOrZero;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Checkpoint files: where they lie and where they come from.
 *
 * @param directory Directory of downloaded checkpoints, in SadTalker's layout and that of LivePortrait's 'pretrained_weights',
 *     created when needed; '.avatar-service/models' in the home directory when not set.
 * @param sadtalkerRoot Existing SadTalker checkout whose 'checkpoints' and 'gfpgan/weights' are read first and never
 *     written. Only the directory is searched when not set.
 * @param mirrors Addresses tried before the official one: http, https or file. The file's name replaces '{file}', or is
 *     appended. Only the official address is tried when not set.
 * @param verify What becomes of a checkpoint whose SHA-256 is not the published one: a warning, a refusal, or nothing.
 * @param download How files are downloaded.
 */
@Validated
@ConfigurationProperties("avatar.models")
public record ModelProperties(
        @Nullable Path directory,
        @Nullable Path sadtalkerRoot,
        @DefaultValue List<String> mirrors,
        @DefaultValue("warn") VerifyMode verify,
        @DefaultValue @Valid Download download) {

    public ModelProperties {
        directory = blankToNull(directory);
        sadtalkerRoot = blankToNull(sadtalkerRoot);
        mirrors = List.copyOf(mirrors);
        mirrors.forEach(ModelSource::checkMirror);
    }

    /**
     * How files are downloaded.
     *
     * @param connectTimeout Longest wait for a connection.
     * @param readTimeout Longest wait for the next bytes.
     * @param retries Most new attempts at one address while nothing arrives.
     * @param retryDelay Wait before the first new attempt; it doubles with each that follows.
     */
    public record Download(
            @DefaultValue("10s") Duration connectTimeout,
            @DefaultValue("30s") Duration readTimeout,
            @DefaultValue("4") @PositiveOrZero int retries,
            @DefaultValue("1s") Duration retryDelay) {}

    /** Checkpoints in one directory, in either layout, whatever their hashes. */
    public static ModelProperties of(Path directory) {
        Download unused = new Download(Duration.ZERO, Duration.ZERO, 0, Duration.ZERO);
        return new ModelProperties(directory, directory, List.of(), VerifyMode.OFF, unused);
    }

    Path resolvedDirectory() {
        Path resolved =
                directory != null ? directory : Path.of(System.getProperty("user.home"), ".avatar-service", "models");
        return resolved.toAbsolutePath().normalize();
    }

    /** An environment variable that is set to nothing counts as not set. */
    private static @Nullable Path blankToNull(@Nullable Path path) {
        return path == null || path.toString().isBlank() ? null : path;
    }
}
