package io.avatarservice.spi.tck;

/** A provider that can do everything keeps the contract. */
class CapableProviderTests extends InMemoryContract {

    CapableProviderTests() {
        super(InMemoryAvatarProvider.ALL);
    }
}
