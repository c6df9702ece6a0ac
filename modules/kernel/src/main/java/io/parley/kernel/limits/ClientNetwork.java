package io.parley.kernel.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What counts as one address in limits: an IPv4 address, or the /64 of an IPv6 address, which belongs to one site (RFC 6177) whose
 * machines may pick any address of it. All clients whose address is unknown are one.
 */
public record ClientNetwork(String text) {
    private static final int PREFIX_BYTES = 8;

    /** Never asks a name server. */
    public static ClientNetwork of(@Nullable String ip) {
        if (ip == null) return new ClientNetwork("unknown");
        return new ClientNetwork(ip.contains(":") ? network(ip.split("%", 2)[0]) : ip);
    }

    private static String network(String ip) {
        try {
            // An address in the form ::ffff:192.0.2.1 is an IPv4 address, here as well.
            var address = InetAddress.getByName(ip);
            return address instanceof Inet6Address v6 ? prefix(v6) + "/64" : address.getHostAddress();
        } catch (UnknownHostException notAnAddress) {
            return ip;
        }
    }

    private static String prefix(Inet6Address address) throws UnknownHostException {
        var bytes = address.getAddress();
        Arrays.fill(bytes, PREFIX_BYTES, bytes.length, (byte) 0);
        return InetAddress.getByAddress(bytes).getHostAddress();
    }
}
