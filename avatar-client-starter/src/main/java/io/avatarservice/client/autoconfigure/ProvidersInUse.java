package io.avatarservice.client.autoconfigure;

import io.avatarservice.spi.AvatarProvider;
import io.avatarservice.spi.ProviderId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Who renders, of all that are known.
 *
 * @param selected who is asked first
 * @param fallbacks who is asked in turn when that fails, without the selected one
 * @param known all of them, in use or not
 */
record ProvidersInUse(AvatarProvider selected, List<AvatarProvider> fallbacks, Collection<AvatarProvider> known) {

    /**
     * Finds what the properties name.
     *
     * @throws AvatarConfigurationException if two providers have the same id, or a property names one that is not there
     */
    static ProvidersInUse of(
            List<AvatarProvider> providers, AvatarProviderProperties selection, AvatarFailoverProperties failover) {
        Map<ProviderId, AvatarProvider> byId = byId(providers);
        AvatarProvider selected = find(NamingProperty.SELECTED, selection.provider(), byId);
        List<AvatarProvider> fallbacks = failover.providers().stream()
                .map(id -> find(NamingProperty.FALLBACKS, id, byId))
                .filter(fallback -> fallback != selected)
                .toList();
        return new ProvidersInUse(selected, fallbacks, byId.values());
    }

    /** Those that may be asked to render, in the order in which they are. */
    List<AvatarProvider> all() {
        return Stream.concat(Stream.of(selected), fallbacks.stream()).toList();
    }

    private static Map<ProviderId, AvatarProvider> byId(List<AvatarProvider> providers) {
        Map<ProviderId, AvatarProvider> byId = new LinkedHashMap<>();
        for (AvatarProvider provider : providers) {
            AvatarProvider known = byId.putIfAbsent(provider.id(), provider);
            if (known != null) {
                throw new DuplicateAvatarProviderException(known, provider);
            }
        }
        return byId;
    }

    /** Compared as text, because what was set may not even have the shape of an id. */
    private static AvatarProvider find(NamingProperty property, String wanted, Map<ProviderId, AvatarProvider> known) {
        return known.values().stream()
                .filter(provider -> provider.id().value().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new UnknownAvatarProviderException(property, wanted, known.keySet()));
    }
}
