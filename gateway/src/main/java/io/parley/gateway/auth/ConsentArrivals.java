package io.parley.gateway.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.parley.contracts.users.Oidc;
import io.parley.gateway.contract.Request;
import io.parley.gateway.origin.OriginSettings;
import io.parley.gateway.origin.OwnOrigin;
import io.parley.kernel.Secret;
import io.parley.kernel.crypto.Sha256;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/**
 * Passes the result of a sign-in with another provider to the consent page, on which users authorize programs. That page has no script
 * that could read a fragment, and codes do not belong in a query, so a cookie carries the result. The browser sends it only to that page,
 * and only for a minute; it is accepted only for the program's request for which the sign-in began. It is Lax, because the browser comes
 * from the provider's site.
 */
public final class ConsentArrivals {
    public static final String PAGE = "/oauth/authorize";

    /** The longest path of the page that a browser can come back to: it is part of URLs of ours and of the provider's. */
    public static final int MAX_PATH = 2000;

    private static final String COOKIE = "parley_consent";
    private static final String SEPARATOR = ".";

    private final OwnOrigin origin;
    private final String cookiePath;

    /**
     * @param result what {@code code} is for, or that there is none, as in the fragments of other pages
     * @param code what it is, or the name of an error
     */
    public record Arrival(String result, Secret code) {}

    public ConsentArrivals(OriginSettings settings) {
        this.origin = new OwnOrigin(settings);
        this.cookiePath = settings.prefix() + PAGE;
    }

    /** @param path one of our own, with its query */
    static boolean isPage(String path) {
        return path.startsWith(PAGE + "?");
    }

    void set(Request request, String path, String result, String code) {
        request.addCookie(cookie(String.join(SEPARATOR, result, digest(path), code), request.isSecure(origin))
                .setMaxAge(Oidc.SIGN_IN_CODE_LIFETIME.toSeconds()));
    }

    /** Reads and deletes the cookie. Empty if there is none, or one for another path. */
    public Optional<Arrival> take(HttpServerRequest http, String path) {
        var sent = http.getCookie(COOKIE);
        if (sent == null) return Optional.empty();
        var parts = sent.getValue().split("\\" + SEPARATOR, 3);
        http.response().addCookie(cookie("", origin.isSecure(http)).setMaxAge(0));
        return parts.length == 3
                        && MessageDigest.isEqual(
                                parts[1].getBytes(US_ASCII), digest(path).getBytes(US_ASCII))
                ? Optional.of(new Arrival(parts[0], new Secret(parts[2])))
                : Optional.empty();
    }

    private static String digest(String path) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(path));
    }

    private Cookie cookie(String value, boolean isSecure) {
        return Cookie.cookie(COOKIE, value)
                .setPath(cookiePath)
                .setHttpOnly(true)
                .setSecure(isSecure)
                .setSameSite(CookieSameSite.LAX);
    }
}
