package io.parley.gateway.origin;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The origin (RFC 6454) of this server's own pages: that of the public URL, and the one that a request was sent to. */
public final class OwnOrigin {
    private static final String SECURE = "https";

    private final TrustedProxies proxies;
    private final @Nullable String published;

    public OwnOrigin(OriginSettings settings) {
        this.proxies = settings.proxies();
        this.published = settings.publicUrl() == null ? null : of(settings.publicUrl());
    }

    /** @param origin as browsers send it, such as {@code https://example.org:8443}, or {@code null} as a word */
    public boolean isOwn(HttpServerRequest request, String origin) {
        return origin.equals(published) || origin.equals(of(request));
    }

    /** Whether the client uses HTTPS, as a trusted proxy or the public URL says. */
    public boolean isSecure(HttpServerRequest request) {
        return proxies.scheme(request).equals(SECURE)
                || (published != null
                        && published.startsWith(SECURE + ":")
                        && published.endsWith("//" + host(request)));
    }

    private String of(HttpServerRequest request) {
        return proxies.scheme(request) + "://" + host(request);
    }

    private String host(HttpServerRequest request) {
        return proxies.host(request).orElse("").toLowerCase(Locale.ROOT);
    }

    private static String of(URI url) {
        return (url.getScheme() + "://" + url.getRawAuthority()).toLowerCase(Locale.ROOT);
    }
}
