package io.avatarservice.server.torch.model;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The state of one file.
 *
 * @param file the published file
 * @param state what is known of it here
 * @param path where it lies; {@code null} where it is missing
 * @param detail why it is damaged or not the published one; {@code null} otherwise
 */
public record ModelStatus(
        ModelFile file,
        ModelState state,
        @Nullable Path path,
        @Nullable String detail) {}
