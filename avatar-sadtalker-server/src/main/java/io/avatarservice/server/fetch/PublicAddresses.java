package io.avatarservice.server.fetch;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells addresses of the public internet from all others, by IANA's registries of special-purpose addresses (RFC 6890
 * and its updates).
 */
final class PublicAddresses {

    private static final List<Network> SPECIAL_IPV4 = networks(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // shared by carriers; one cloud's metadata
            "127.0.0.0/8", // loopback
            "168.63.129.16/32", // Azure's host, public by its number only
            "169.254.0.0/16", // link-local, and most clouds' metadata
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments; one cloud's metadata
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // relays to 6to4
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, broadcast

    /** Every IPv6 network with public hosts lies in here; mapped and compatible forms, ULA and the like do not. */
    private static final Network GLOBAL_UNICAST = Network.valueOf("2000::/3");

    private static final List<Network> SPECIAL_IPV6 = networks(
            "2001::/23", // protocol assignments, Teredo among them
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4
            "3fff::/20"); // documentation

    /** Networks without IPv4 reach it through these: the last four bytes are the IPv4 address (RFC 6052). */
    private static final Network NAT64 = Network.valueOf("64:ff9b::/96");

    private PublicAddresses() {}

    /** Whether the address is one of a host in the public internet, and not one of this machine. */
    static boolean contain(InetAddress address) {
        return isPublic(address) && !isOwn(address);
    }

    private static boolean isPublic(InetAddress address) {
        if (address instanceof Inet4Address) {
            return SPECIAL_IPV4.stream().noneMatch(network -> network.contains(address));
        }
        if (NAT64.contains(address)) {
            return isPublic(embedded(address));
        }
        return GLOBAL_UNICAST.contains(address)
                && SPECIAL_IPV6.stream().noneMatch(network -> network.contains(address));
    }

    private static InetAddress embedded(InetAddress nat64) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(nat64.getAddress(), 12, 16));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are always an address", e);
        }
    }

    /** A machine reaches its own public address without passing the firewall in front of it. */
    private static boolean isOwn(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return true;
        }
    }

    private static List<Network> networks(String... all) {
        return Stream.of(all).map(Network::valueOf).toList();
    }
}
