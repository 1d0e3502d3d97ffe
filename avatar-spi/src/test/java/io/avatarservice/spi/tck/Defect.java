package io.avatarservice.spi.tck;

import io.avatarservice.spi.AvatarProvider;
import io.avatarservice.spi.ProviderCapabilities;
import org.jspecify.annotations.Nullable;

/**
 * One way in which a provider can break the contract.
 *
 * @param name of the mistake
 * @param caughtBy the check that has to notice it
 * @param capabilities of the provider that makes it
 * @param mistake makes the provider, on a farm or on none
 */
record Defect(String name, String caughtBy, ProviderCapabilities capabilities, Mistake mistake) {

    /** A mistake of a provider that can do everything. */
    static Defect of(String name, String caughtBy, Mistake mistake) {
        return new Defect(name, caughtBy, InMemoryAvatarProvider.ALL, mistake);
    }

    AvatarProvider provider(@Nullable InMemoryFarm farm) {
        return mistake.provider(farm, capabilities);
    }

    @Override
    public String toString() {
        return name;
    }

    interface Mistake {

        AvatarProvider provider(@Nullable InMemoryFarm farm, ProviderCapabilities capabilities);
    }
}
