package io.parley.gateway.web;

import io.parley.gateway.contract.Request;
import io.parley.gateway.origin.OriginSettings;
import io.parley.gateway.origin.OwnOrigin;
import io.parley.kernel.Secret;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import java.time.Duration;
import java.util.Optional;

/**
 * The cookie that holds a refresh token. Scripts cannot read it, other sites cannot make a browser send it, and it is sent to the routes of
 * the web app's sessions only.
 */
final class SessionCookie {
    static final String NAME = "parley";

    /** Browsers take a cookie of this name by HTTPS only (RFC 6265bis, 4.1.3.1). {@code __Host-} would need the path {@code /}. */
    static final String SECURE_NAME = "__Secure-parley";

    /** Of refresh tokens, so that the cookie ends with the last one. */
    private static final Duration LIFETIME = Duration.ofDays(30);

    private final OwnOrigin origin;
    private final String path;

    SessionCookie(OriginSettings settings) {
        this.origin = new OwnOrigin(settings);
        this.path = settings.prefix() + WebSessionRoutes.PATH;
    }

    Optional<Secret> read(Request request) {
        return request.cookie(name(request)).map(Secret::new);
    }

    void set(Request request, Secret refreshToken) {
        request.addCookie(cookie(request, refreshToken.value()).setMaxAge(LIFETIME.toSeconds()));
    }

    void clear(Request request) {
        request.addCookie(cookie(request, "").setMaxAge(0));
    }

    private Cookie cookie(Request request, String value) {
        return Cookie.cookie(name(request), value)
                .setPath(path)
                .setHttpOnly(true)
                .setSecure(request.isSecure(origin))
                .setSameSite(CookieSameSite.STRICT);
    }

    private String name(Request request) {
        return request.isSecure(origin) ? SECURE_NAME : NAME;
    }
}
