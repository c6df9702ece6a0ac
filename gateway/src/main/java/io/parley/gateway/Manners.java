package io.parley.gateway;

import io.vertx.core.http.HttpServerResponse;

/** What every answer says, whatever it is about. */
final class Manners {
    /** For answers that are no pages: nothing may run or be framed (OWASP REST Security Cheat Sheet). */
    private static final String NO_PAGE = "default-src 'none'; frame-ancestors 'none'";

    static void apply(HttpServerResponse response) {
        response.putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Content-Security-Policy", NO_PAGE);
    }

    private Manners() {}
}
