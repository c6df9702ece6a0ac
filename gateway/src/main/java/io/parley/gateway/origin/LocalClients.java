package io.parley.gateway.origin;

import io.parley.kernel.outbound.Network;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Map;

/** Tells clients on this machine from those that a proxy on this machine forwards for. */
public final class LocalClients {
    /** Whether the request comes from a loopback address and has no header that a proxy adds. */
    public static boolean sent(HttpServerRequest request) {
        var peer = request.remoteAddress();
        return peer != null
                && peer.hostAddress() != null
                && isLoopback(peer.hostAddress())
                && !cameThroughProxy(request);
    }

    private static boolean cameThroughProxy(HttpServerRequest request) {
        for (var header : request.headers()) if (isOfProxy(header)) return true;
        return false;
    }

    // Nearly all local clients have one of these two; only the others are parsed.
    private static boolean isLoopback(String address) {
        return address.equals("127.0.0.1")
                || address.equals("0:0:0:0:0:0:0:1")
                || Network.address(address)
                        .filter(InetAddress::isLoopbackAddress)
                        .isPresent();
    }

    private static boolean isOfProxy(Map.Entry<String, String> header) {
        var name = header.getKey();
        return switch (name.charAt(0)) {
            case 'f', 'F' -> name.equalsIgnoreCase("Forwarded");
            case 'v', 'V' -> name.equalsIgnoreCase("Via");
            case 'x', 'X' -> name.toLowerCase(Locale.ROOT).startsWith("x-forwarded-");
            default -> false;
        };
    }

    private LocalClients() {}
}
