package io.parley.gateway.http;

import io.netty.handler.codec.http2.Http2Exception;
import io.parley.gateway.connections.Http2Connections;
import io.parley.kernel.Problem;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps every failure to status, headers and words; how they are written is up to each kind of API. */
public final class ErrorMapping {
    private static final Logger log = LoggerFactory.getLogger(ErrorMapping.class);

    private static final String PROBLEM_TYPES = "https://iana.org/assignments/http-problem-types#";

    /**
     * Logs a failure that is neither an {@link HttpError} nor a {@link Problem}, and hides it behind a 500.
     *
     * @param path what the log may show of the request; must not contain anything that the caller sent
     */
    public static HttpError of(HttpServerRequest request, String path, Throwable failure) {
        if (failure instanceof HttpError error) return error;
        if (failure instanceof Problem problem) return of(problem);
        // The client has disconnected while it was answered: nothing is wrong here, and nobody reads the 500.
        if (hasGone(request, failure)) log.debug("{} {}: the client has gone", request.method(), path);
        else log.error("{} {} failed", request.method(), path, failure);
        return of(Problem.internal());
    }

    // HTTP/1.1 fails a write in the first way. In HTTP/2 there are several, and the stream is closed by then.
    private static boolean hasGone(HttpServerRequest request, Throwable failure) {
        return failure instanceof ClosedChannelException
                || (Http2Connections.carry(request)
                        && request.response().closed()
                        && (failure instanceof IOException
                                || failure instanceof VertxException
                                || failure instanceof Http2Exception));
    }

    private static HttpError of(Problem problem) {
        int status = switch (problem.kind()) {
            case INVALID -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN, SIGN_IN_NOT_RECENT, FULL -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case STALE -> 412; // no ETag in If-Match is current
            case INTERNAL -> 500;
            case LIMITED -> 429;
            case OVERLOADED, UNAVAILABLE -> 503;
            case TIMEOUT, LOST -> 504;
        };
        return new HttpError(
                type(problem.kind()), status, problem.detail(), problem.faults(), headers(problem), members(problem));
    }

    // draft-ietf-httpapi-ratelimit-headers-11, section 6
    private static String type(Problem.Kind kind) {
        return switch (kind) {
            case LIMITED, FULL -> PROBLEM_TYPES + "quota-exceeded";
            case OVERLOADED -> PROBLEM_TYPES + "temporary-reduced-capacity";
            default -> HttpError.UNTYPED;
        };
    }

    private static Map<String, String> headers(Problem problem) {
        return switch (problem.kind()) {
            case UNAUTHENTICATED -> HttpError.challenge("");
            case LIMITED ->
                problem.excess()
                        .map(excess -> Map.of("Retry-After", String.valueOf(excess.retryAfterSeconds())))
                        .orElse(Map.of());
            case OVERLOADED, UNAVAILABLE -> Map.of("Retry-After", HttpError.RETRY_AFTER_SECONDS);
            default -> Map.of();
        };
    }

    private static Map<String, Object> members(Problem problem) {
        if (problem.kind() == Problem.Kind.SIGN_IN_NOT_RECENT) return Map.of("recent_sign_in_required", true);
        return problem.excess()
                .map(excess -> Map.<String, Object>of("violated-policies", excess.policies()))
                .orElse(Map.of());
    }

    private ErrorMapping() {}
}
