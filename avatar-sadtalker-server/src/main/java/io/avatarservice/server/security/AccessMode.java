package io.avatarservice.server.security;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Who may call. */
enum AccessMode {
    /** Whoever has a key. */
    KEYS,
    /** Whoever is on this machine: there are no keys, and the server listens on the loopback address. */
    LOOPBACK,
    /** Everybody: security is switched off. */
    OPEN;

    /**
     * Decides by the configuration.
     *
     * @param address where the server is told to listen, or {@code null}
     * @throws InvalidSecurityException where the server would be open by accident
     */
    static AccessMode of(boolean enabled, ApiKeys keys, @Nullable InetAddress address) {
        if (!enabled) {
            return OPEN;
        }
        if (!keys.isEmpty()) {
            return KEYS;
        }
        if (address == null || address.isLoopbackAddress()) {
            return LOOPBACK;
        }
        throw new InvalidSecurityException(
                "The server would listen on %s without asking for a key: anybody who reaches it could use it."
                        .formatted(address.isAnyLocalAddress() ? "all addresses" : address.getHostAddress()),
                """
                Do one of these:
                  - set AVATAR_API_KEYS (avatar.security.api-keys); the command 'keys generate' makes a key
                  - let it listen on this machine only: server.address=127.0.0.1
                  - where something in front of it asks for credentials, or to try it out: \
                AVATAR_SECURITY_ENABLED=false""");
    }
}
