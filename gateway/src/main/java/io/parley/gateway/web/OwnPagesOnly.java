package io.parley.gateway.web;

import io.parley.gateway.http.HttpError;
import io.parley.gateway.http.Problems;
import io.parley.gateway.origin.OwnOrigin;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses what a page of another origin has sent, before the cookie is read (OWASP CSRF Prevention Cheat Sheet): the header needs a
 * preflight, which is never permitted, and browsers say in {@code Origin} and {@code Sec-Fetch-Site} where a request comes from.
 */
final class OwnPagesOnly implements Handler<RoutingContext> {
    /** Must be {@code 1}. */
    static final String HEADER = "Parley-Web";

    private final OwnOrigin origin;

    OwnPagesOnly(OwnOrigin origin) {
        this.origin = origin;
    }

    @Override
    public void handle(RoutingContext context) {
        if (isOwn(context.request())) context.next();
        else Problems.answer(context.request(), "", HttpError.foreignPage());
    }

    private boolean isOwn(HttpServerRequest request) {
        var headers = request.headers();
        return "1".equals(headers.get(HEADER))
                && headers.getAll(HttpHeaders.ORIGIN).stream().allMatch(sent -> origin.isOwn(request, sent))
                && headers.getAll("Sec-Fetch-Site").stream().allMatch("same-origin"::equals);
    }
}
