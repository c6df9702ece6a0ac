package io.parley.kernel.outbound;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The addresses with a common prefix, such as 10.0.0.0/8 or fd00::/8; an address alone is a network of one. */
public final class Network {
    private final IpSubnetFilterRule rule;

    private Network(IpSubnetFilterRule rule) {
        this.rule = rule;
    }

    /** Empty if the text is neither an address nor an address with the length of its prefix. Never asks a name server. */
    public static Optional<Network> parse(String text) {
        var parts = text.split("/", -1);
        return parts.length > 2 ? Optional.empty() : address(parts[0]).flatMap(address -> of(address, parts));
    }

    private static Optional<Network> of(InetAddress address, String[] parts) {
        int bits = address.getAddress().length * Byte.SIZE;
        var length = parts.length == 1 ? String.valueOf(bits) : parts[1];
        if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > bits) return Optional.empty();
        return Optional.of(
                new Network(new IpSubnetFilterRule(address, Integer.parseInt(length), IpFilterRuleType.ACCEPT)));
    }

    /** An IPv4 address in the form of IPv6 is the IPv4 address. */
    public static Optional<InetAddress> address(String text) {
        return Optional.ofNullable(NetUtil.createInetAddressFromIpAddressString(text));
    }

    public boolean contains(InetAddress address) {
        return rule.matches(new InetSocketAddress(address, 0));
    }
}
