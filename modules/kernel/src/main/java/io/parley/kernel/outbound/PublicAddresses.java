package io.parley.kernel.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which addresses belong to the public internet (IANA's registries of special-purpose addresses). A URL that somebody else has chosen must
 * not make this server send requests to its own network (OWASP SSRF Prevention Cheat Sheet).
 */
public final class PublicAddresses {
    private static final List<Network> SPECIAL_V4 = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3");

    /** Everything else is not assigned to the internet. */
    private static final List<Network> GLOBAL_V6 = networks("2000::/3");

    // The last two hold IPv4 addresses: Teredo and 6to4.
    private static final List<Network> SPECIAL_V6 = networks("2001:db8::/32", "3fff::/20", "2001::/23", "2002::/16");

    /** Of machines of the operator's own. */
    private static final List<Network> PRIVATE = networks(
            "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1", "fc00::/7");

    /** Where clouds tell a machine its own credentials; those of link-local addresses are in no other list. */
    private static final List<Network> METADATA = networks("100.100.100.200", "fd00:ec2::254");

    public static boolean contain(InetAddress address) {
        return address instanceof Inet4Address
                ? !isIn(SPECIAL_V4, address)
                : isIn(GLOBAL_V6, address) && !isIn(SPECIAL_V6, address);
    }

    /** Also loopback and private networks, but never link-local, multicast and metadata addresses. */
    public static boolean containOrArePrivate(InetAddress address) {
        return contain(address) || (isIn(PRIVATE, address) && !isIn(METADATA, address));
    }

    private static boolean isIn(List<Network> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(Network::parse).map(Optional::orElseThrow).toList();
    }

    private PublicAddresses() {}
}
