package io.parley.gateway.auth;

import io.parley.contracts.users.Oidc;
import io.parley.gateway.contract.Request;
import io.parley.gateway.origin.OriginSettings;
import io.parley.gateway.origin.OwnOrigin;
import io.parley.gateway.origin.PublicOrigin;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import java.net.URI;
import java.util.Optional;

/**
 * A browser on its way to another provider and back: the URLs of this server that it comes back to, and the cookie that says that it is
 * the same one. The cookie is Lax, because the provider sends the browser back.
 */
public final class OidcBrowser {
    public static final String PATH = "/api/v1/auth/oidc";
    private static final String COOKIE = "parley_oidc";

    private final PublicOrigin publicOrigin;
    private final OwnOrigin ownOrigin;
    private final String cookiePath;
    private final String otherwise;
    private final ConsentArrivals consent;

    /** @param otherwise the URL of this server if it is not known from the request */
    public OidcBrowser(OriginSettings settings, PublicOrigin publicOrigin, String otherwise) {
        this.publicOrigin = publicOrigin;
        this.ownOrigin = new OwnOrigin(settings);
        this.cookiePath = settings.prefix() + PATH;
        this.otherwise = otherwise;
        this.consent = new ConsentArrivals(settings);
    }

    /** Where the provider sends the browser. */
    public String callback(Request request, String provider) {
        return baseUrl(request) + PATH + "/" + provider + "/callback";
    }

    /**
     * Where the browser goes at last. What came of the sign-in is in the fragment, which only scripts of the page get to see; a page without
     * scripts gets it in a cookie.
     *
     * @param path one of our own
     * @param result what the code is for, or that there is none
     * @param code what it is, or the name of an error
     */
    public String page(Request request, String path, String result, String code) {
        if (!ConsentArrivals.isPage(path)) return baseUrl(request) + path + "#" + result + "=" + code;
        consent.set(request, path, result, code);
        return baseUrl(request) + path;
    }

    private String baseUrl(Request request) {
        return request.publicUrl(publicOrigin).orElse(otherwise);
    }

    /** Fails invalid, pointing at {@code return_to}, unless it is a path of this server. */
    public static String ownPath(String returnTo) {
        if (returnTo.startsWith("/") && !returnTo.startsWith("//")) {
            try {
                var uri = URI.create(returnTo);
                if (uri.getHost() == null && uri.getRawFragment() == null) return uri.toASCIIString();
            } catch (IllegalArgumentException notAPath) {
                // refused below
            }
        }
        throw Problem.invalid("return_to", "must be a path of this server, such as /settings");
    }

    public Optional<Secret> read(Request request) {
        return request.cookie(COOKIE).map(Secret::new);
    }

    public void set(Request request, Secret value) {
        request.addCookie(cookie(request, value.value()).setMaxAge(Oidc.FLOW_LIFETIME.toSeconds()));
    }

    public void clear(Request request) {
        request.addCookie(cookie(request, "").setMaxAge(0));
    }

    private Cookie cookie(Request request, String value) {
        return Cookie.cookie(COOKIE, value)
                .setPath(cookiePath)
                .setHttpOnly(true)
                .setSecure(request.isSecure(ownOrigin))
                .setSameSite(CookieSameSite.LAX);
    }
}
