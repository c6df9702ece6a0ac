package io.parley.gateway.origin;

import io.parley.gateway.http.HttpError;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses requests to a name that is not this server's, once its public URL is known: a page of a name that an attacker lets point
 * here (DNS rebinding), or a link that is made from a forged Host.
 */
public final class AllowedHosts {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> names;
    private final TrustedProxies proxies;

    /**
     * @param names without ports, in lower case; if there are none, every name is allowed
     * @param isOnLoopback whether the server listens there, so that its loopback names are its own
     */
    public AllowedHosts(Set<String> names, boolean isOnLoopback, TrustedProxies proxies) {
        var all = new HashSet<>(names);
        if (isOnLoopback && !names.isEmpty()) all.addAll(LOOPBACK);
        this.names = Set.copyOf(all);
        this.proxies = proxies;
    }

    /** Fails with an {@link HttpError}. Health checks may use any name, because load balancers use addresses. */
    public void check(HttpServerRequest request) {
        if (names.isEmpty() || String.valueOf(request.path()).contains("/health/")) return;
        var name = proxies.host(request)
                .map(host -> HostAndPort.parseAuthority(host, -1))
                .map(host -> host.host().toLowerCase(Locale.ROOT))
                .orElse("");
        if (!names.contains(name)) throw HttpError.foreignHost();
    }
}
