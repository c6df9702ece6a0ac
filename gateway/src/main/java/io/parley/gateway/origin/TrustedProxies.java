package io.parley.gateway.origin;

import io.parley.kernel.outbound.Network;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The proxies whose forwarding headers are trusted. The same headers are ignored if another client sends them. */
public final class TrustedProxies {
    private final List<Network> networks;

    public TrustedProxies(List<Network> networks) {
        this.networks = List.copyOf(networks);
    }

    /** The nearest address that is not a trusted proxy's; null if the connection has none. */
    public @Nullable String client(HttpServerRequest request) {
        var peer = request.remoteAddress();
        return peer == null || peer.hostAddress() == null
                ? null
                : Network.address(peer.hostAddress())
                        .map(address -> through(address, request).getHostAddress())
                        .orElse(peer.hostAddress());
    }

    // From the nearest to the farthest, as long as the address before is trusted.
    private InetAddress through(InetAddress peer, HttpServerRequest request) {
        if (!trusts(peer)) return peer;
        var clients = ForwardedHeaders.clients(request.headers());
        var nearest = peer;
        for (int at = clients.size() - 1; at >= 0 && trusts(nearest); at--) {
            var client = Network.address(clients.get(at));
            if (client.isEmpty()) return nearest;
            nearest = client.get();
        }
        return nearest;
    }

    /** The host that the client has sent its request to, with the port if it has named one. */
    Optional<String> host(HttpServerRequest request) {
        var authority = request.authority();
        var sent = authority == null ? Optional.<String>empty() : Optional.of(authority.toString());
        return isForwarded(request) ? ForwardedHeaders.host(request.headers()).or(() -> sent) : sent;
    }

    /** The scheme with which the client has sent its request: that of the connection, unless a trusted proxy names another. */
    String scheme(HttpServerRequest request) {
        var own = request.isSSL() ? "https" : "http";
        if (!isForwarded(request)) return own;
        return ForwardedHeaders.scheme(request.headers())
                .map(scheme -> scheme.equalsIgnoreCase("https") ? "https" : "http")
                .orElse(own);
    }

    private boolean isForwarded(HttpServerRequest request) {
        var peer = request.remoteAddress();
        return !networks.isEmpty()
                && peer != null
                && peer.hostAddress() != null
                && Network.address(peer.hostAddress()).filter(this::trusts).isPresent();
    }

    private boolean trusts(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }
}
