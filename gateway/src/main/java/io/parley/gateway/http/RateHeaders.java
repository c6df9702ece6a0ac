package io.parley.gateway.http;

import io.parley.kernel.limits.RateState;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/** Tells clients how much they may ask for, and how much of it is left (draft-ietf-httpapi-ratelimit-headers-11). */
public final class RateHeaders {
    private static final CharSequence POLICY = HttpHeaders.createOptimized("RateLimit-Policy");
    private static final CharSequence LEFT = HttpHeaders.createOptimized("RateLimit");

    /** Adds an item for each rate to an answer that has not begun, behind those that it has. */
    public static void add(HttpServerResponse response, List<RateState> rates) {
        for (var rate : rates) {
            append(response, POLICY, item(rate, "q", rate.tokens(), "w", rate.windowSeconds()));
            append(response, LEFT, item(rate, "r", rate.remaining(), "t", rate.secondsUntilMore()));
        }
    }

    private static String item(RateState rate, String first, long one, String second, long other) {
        return "\"" + rate.limit() + "\";" + first + "=" + one + ";" + second + "=" + other;
    }

    private static void append(HttpServerResponse response, CharSequence name, String item) {
        var before = response.headers().get(name);
        response.putHeader(name, before == null ? item : before + ", " + item);
    }

    private RateHeaders() {}
}
