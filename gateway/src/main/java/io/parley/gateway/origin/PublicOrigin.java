package io.parley.gateway.origin;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The URL under which clients reach this server, for answers that contain it. Without the setting {@code http.public-url} it is
 * known only on loopback: elsewhere an attacker may have chosen the header Host.
 */
public final class PublicOrigin {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final OriginSettings settings;
    private final boolean isOnLoopback;
    private final TrustedProxies proxies;

    /** @param isOnLoopback whether the server listens there */
    public PublicOrigin(OriginSettings settings, boolean isOnLoopback) {
        this.settings = settings;
        this.isOnLoopback = isOnLoopback;
        this.proxies = settings.proxies();
    }

    /** Without a slash at its end; empty if it is not known. */
    public Optional<String> of(HttpServerRequest request) {
        if (settings.publicUrl() != null)
            return Optional.of(settings.publicUrl().toString());
        return proxies.host(request)
                .filter(host -> isOnLoopback && isLoopback(host))
                .map(host -> proxies.scheme(request) + "://" + host);
    }

    /** Whether the request names a host that may be this server's: on loopback only loopback names are. */
    public boolean isOwnHost(HttpServerRequest request) {
        return settings.publicUrl() != null || !isOnLoopback || of(request).isPresent();
    }

    /** Whether a page of this origin, as browsers send it, is one of this server's. */
    public boolean isOwn(String origin, HttpServerRequest request) {
        return of(request)
                .map(url -> url.substring(0, url.length() - settings.prefix().length()))
                .filter(origin::equals)
                .isPresent();
    }

    private static boolean isLoopback(String host) {
        var parsed = HostAndPort.parseAuthority(host, -1);
        return parsed != null && LOOPBACK.contains(parsed.host().toLowerCase(Locale.ROOT));
    }
}
