package io.avatarservice.client;

/**
 * Changes the client that is about to be built. Beans of this type are applied in their order, after the properties.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface AvatarClientCustomizer {

    /** Changes {@code builder}. */
    void customize(AvatarClientBuilder builder);
}
