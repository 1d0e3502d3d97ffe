package io.avatarservice.spi.tck;

/** A provider that can do nothing beyond the bare render keeps the contract as well. */
class BareProviderTests extends InMemoryContract {

    BareProviderTests() {
        super(InMemoryAvatarProvider.BARE);
    }
}
