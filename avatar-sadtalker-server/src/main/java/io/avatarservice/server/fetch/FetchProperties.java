package io.avatarservice.server.fetch;

import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which addresses the server connects to for a client.
 *
 * @param allowedHosts Hosts that are fetched from whatever they resolve to, at any port, or at one port where written as
 *     'host:port'. Public addresses only when not set.
 * @param allowedNetworks Networks that are fetched from at any port, such as '10.1.0.0/16' or 'fd12::/48'. Public
 *     addresses only when not set.
 * @param allowedPorts Ports of public addresses that are fetched from.
 */
@ConfigurationProperties("avatar.fetch")
public record FetchProperties(
        @DefaultValue List<AllowedHost> allowedHosts,
        @DefaultValue List<Network> allowedNetworks,
        @DefaultValue({"80", "443"}) Set<Integer> allowedPorts) {

    public FetchProperties {
        allowedHosts = List.copyOf(allowedHosts);
        allowedNetworks = List.copyOf(allowedNetworks);
        allowedPorts = Set.copyOf(allowedPorts);
    }
}
