package io.avatarservice.server.fetch;

import java.net.InetSocketAddress;

/** Decides about one connection: by the host that was named, and the address that it would go to. */
final class FetchRules {

    private final FetchProperties properties;

    FetchRules(FetchProperties properties) {
        this.properties = properties;
    }

    /**
     * @param host as the URL names it
     * @param address resolved address and port
     */
    boolean allow(String host, InetSocketAddress address) {
        return properties.allowedHosts().stream().anyMatch(allowed -> allowed.matches(host, address.getPort()))
                || properties.allowedNetworks().stream().anyMatch(network -> network.contains(address.getAddress()))
                || (properties.allowedPorts().contains(address.getPort())
                        && PublicAddresses.contain(address.getAddress()));
    }
}
