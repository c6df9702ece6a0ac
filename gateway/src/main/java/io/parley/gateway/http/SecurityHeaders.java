package io.parley.gateway.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** The headers that every answer has. */
public final class SecurityHeaders {
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence REFERRER_POLICY = HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");
    private static final CharSequence CONTENT_SECURITY_POLICY = HttpHeaders.createOptimized("Content-Security-Policy");

    private static final CharSequence STRICT_TRANSPORT_SECURITY =
            HttpHeaders.createOptimized("Strict-Transport-Security");
    private static final CharSequence TWO_YEARS = HttpHeaders.createOptimized("max-age=63072000");

    /** For answers that are not pages: nothing may run or be framed (OWASP REST Security Cheat Sheet). */
    private static final CharSequence NO_PAGE = HttpHeaders.createOptimized(
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

    public static void apply(HttpServerResponse response) {
        response.putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .putHeader(CONTENT_TYPE_OPTIONS, NO_SNIFF)
                .putHeader(REFERRER_POLICY, NO_REFERRER)
                .putHeader(CONTENT_SECURITY_POLICY, NO_PAGE);
    }

    /** Browsers then use HTTPS only for two years (RFC 6797); for servers that are reached with it. */
    public static void requireHttps(HttpServerResponse response) {
        response.putHeader(STRICT_TRANSPORT_SECURITY, TWO_YEARS);
    }

    private SecurityHeaders() {}
}
