package io.parley.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.parley.json.JsonForm;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Fault;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes errors, as application/problem+json (RFC 9457), and nobody else does. */
public final class Problems {
    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    public static final String RETRY_AFTER_SECONDS = "1";

    private record Body(
            String type,
            String title,
            int status,
            String detail,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Fault> errors) {}

    /** @param place what the log may say of the request: never what the caller put into it */
    public static void answer(HttpServerRequest request, String place, Throwable failure) {
        var response = request.response();
        if (response.headWritten() || response.closed()) return;
        var refusal = refusal(request, place, failure);
        response.setStatusCode(refusal.status());
        SecurityHeaders.apply(response);
        response.putHeader("Content-Type", "application/problem+json");
        refusal.headers().forEach(response::putHeader);
        var body = new Body(
                "about:blank", response.getStatusMessage(), refusal.status(), refusal.detail(), refusal.faults());
        var sent = response.end(JsonForm.write(body));
        if (refusal.headers().containsKey("Connection"))
            sent.onComplete(ended -> request.connection().close());
    }

    private static HttpError refusal(HttpServerRequest request, String place, Throwable failure) {
        if (failure instanceof HttpError refusal) return refusal;
        if (failure instanceof Problem problem) return refusal(problem);
        log.error("{} {} failed", request.method(), place, failure);
        return refusal(Problem.internal());
    }

    private static HttpError refusal(Problem problem) {
        int status = switch (problem.kind()) {
            case INVALID -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case STALE -> 412;
            case INTERNAL -> 500;
            case UNAVAILABLE -> 503;
            case TIMEOUT, LOST -> 504;
        };
        return new HttpError(status, problem.detail(), problem.faults(), headers(problem.kind()));
    }

    private static Map<String, String> headers(Problem.Kind kind) {
        return switch (kind) {
            case UNAUTHENTICATED -> HttpError.challenge("");
            case UNAVAILABLE -> Map.of("Retry-After", RETRY_AFTER_SECONDS);
            default -> Map.of();
        };
    }

    private Problems() {}
}
