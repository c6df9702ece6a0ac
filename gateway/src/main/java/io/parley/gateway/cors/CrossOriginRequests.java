package io.parley.gateway.cors;

import io.parley.gateway.http.SecurityHeaders;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lets pages of the allowed origins use every path from a browser (CORS, Fetch Standard 3.2): answers their preflights, without
 * a token because browsers send none, and lets them read the answers. A request of any other origin passes unchanged, and the
 * browser keeps its answer from the page; it may be a page of this server. Credentials are never allowed: access tokens are
 * sent as a header.
 */
public final class CrossOriginRequests implements Handler<RoutingContext> {
    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    private static final Set<String> REQUEST_HEADERS = Set.of(
            "authorization",
            "content-type",
            "if-match",
            "if-none-match",
            "idempotency-key",
            "last-event-id",
            "traceparent",
            "x-request-id");

    /** Headers of MCP clients and of OpenAI's libraries. CORS has no wildcard for a part of a name, so each is repeated. */
    private static final Pattern REPEATED_HEADER = Pattern.compile("(mcp|x-stainless)-[a-z0-9-]{1,64}");

    private static final Set<String> ANSWER_HEADERS = Set.of(
            "ETag",
            "Location",
            "Retry-After",
            "Idempotency-Replayed",
            "RateLimit",
            "RateLimit-Policy",
            "WWW-Authenticate",
            "x-request-id",
            "x-vercel-ai-ui-message-stream");

    /** How long a browser remembers a preflight: a setting that is taken back works on within this time, in seconds. */
    private static final int PREFLIGHT_SECONDS = 600;

    private final Set<String> origins;
    private final CorsHandler answers;

    /** @param origins as browsers send them, such as {@code https://app.example.org} */
    public CrossOriginRequests(Set<String> origins) {
        this.origins = Set.copyOf(origins);
        this.answers = handler().exposedHeaders(ANSWER_HEADERS);
    }

    @Override
    public void handle(RoutingContext context) {
        var request = context.request();
        context.response().putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null || !origins.contains(origin)) context.next();
        else if (isPreflight(request)) answerPreflight(context);
        else answers.handle(context);
    }

    private static boolean isPreflight(HttpServerRequest request) {
        return request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD);
    }

    private void answerPreflight(RoutingContext context) {
        SecurityHeaders.apply(context.response());
        handler()
                .allowedMethods(METHODS)
                .allowedHeaders(allowedHeaders(context.request()))
                .maxAgeSeconds(PREFLIGHT_SECONDS)
                .handle(context);
    }

    private static Set<String> allowedHeaders(HttpServerRequest preflight) {
        var allowed = new LinkedHashSet<>(REQUEST_HEADERS);
        preflight.headers().getAll(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS).stream()
                .flatMap(names -> Stream.of(names.split(",", -1)))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> REPEATED_HEADER.matcher(name).matches())
                .forEach(allowed::add);
        return allowed;
    }

    // By patterns, because CorsHandler refuses to take an origin of another scheme than http and https by name, such as
    // those of desktop and mobile applications.
    private CorsHandler handler() {
        return CorsHandler.create()
                .addOriginsWithRegex(origins.stream().map(Pattern::quote).toList());
    }
}
