package io.avatarservice.server.fetch;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A range of IP addresses in CIDR notation. */
public final class Network {

    private final String text;
    private final IpSubnetFilterRule rule;

    private Network(String text, IpSubnetFilterRule rule) {
        this.text = text;
        this.rule = rule;
    }

    /**
     * Reads {@code 10.1.0.0/16}, {@code fd12::/48}, or a single address. Asks no name server.
     *
     * @throws IllegalArgumentException where it is none of these
     */
    public static Network valueOf(String text) {
        String[] parts = text.strip().split("/", -1);
        InetAddress address = NetUtil.createInetAddressFromIpAddressString(parts[0]);
        Integer prefix = address == null || parts.length > 2 ? null : prefix(parts, address.getAddress().length * 8);
        if (address == null || prefix == null) {
            throw new IllegalArgumentException("'" + text + "' is not a network such as '10.1.0.0/16' or 'fd12::/48'");
        }
        return new Network(text.strip(), new IpSubnetFilterRule(address, prefix, IpFilterRuleType.ACCEPT));
    }

    boolean contains(InetAddress address) {
        return rule.matches(new InetSocketAddress(address, 0));
    }

    @Override
    public String toString() {
        return text;
    }

    private static @Nullable Integer prefix(String[] parts, int bits) {
        if (parts.length == 1) {
            return bits;
        }
        if (!parts[1].matches("[0-9]{1,3}")) {
            return null;
        }
        int prefix = Integer.parseInt(parts[1]);
        return prefix <= bits ? prefix : null;
    }
}
