package io.avatarservice.client.autoconfigure;

import io.avatarservice.client.AvatarClient;

/** Wraps the client that was built; ours only, so that the order of the wrappings is ours. */
@FunctionalInterface
interface ClientDecorator {

    AvatarClient decorate(AvatarClient client, ProvidersInUse providers);
}
