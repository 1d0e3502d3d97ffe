package io.avatarservice.client.autoconfigure;

import io.avatarservice.spi.ProviderId;
import java.io.Serial;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * {@code avatar.provider} or {@code avatar.failover.providers} names a provider that does not exist.
 *
 * @since 0.1.0
 */
public final class UnknownAvatarProviderException extends AvatarConfigurationException {

    @Serial
    private static final long serialVersionUID = 1L;

    UnknownAvatarProviderException(NamingProperty property, String wanted, Collection<ProviderId> known) {
        super(
                property.sentence() + " '" + wanted + "', but there is no avatar provider with this id. "
                        + (known.isEmpty() ? "There are none at all." : "Known providers: " + list(known) + "."),
                (known.isEmpty()
                                ? "Declare a bean of type AvatarProvider"
                                : "Set " + property.property() + ", or the environment variable " + property.variable()
                                        + ", to one of: " + list(known) + "; or declare a bean of type AvatarProvider")
                        + " whose id() is '" + wanted + "'.");
    }

    private static String list(Collection<ProviderId> known) {
        return known.stream().map(ProviderId::value).sorted().collect(Collectors.joining(", "));
    }
}
