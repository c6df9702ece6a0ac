package io.parley.gateway.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.parley.gateway.connections.Http2Connections;
import io.parley.json.JsonForm;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Fault;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The errors of the REST API: application/problem+json (RFC 9457). */
public final class Problems {
    /** A problem as it is written. */
    public record Body(
            String type,
            String title,
            int status,
            String detail,
            String traceId,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Fault> errors,
            @JsonAnyGetter Map<String, Object> members) {}

    /**
     * Does nothing if another answer has begun or the client has disconnected.
     *
     * @param path see {@link ErrorMapping#of}
     */
    public static void answer(HttpServerRequest request, String path, Throwable failure) {
        var error = ErrorMapping.of(request, path, failure);
        answer(request, failure, error, MediaTypes.PROBLEM_JSON, JsonForm.write(body(request, error)));
    }

    /** The body of the same answer, as a part of another one. */
    public static Body body(HttpServerRequest request, String path, Throwable failure) {
        return body(request, ErrorMapping.of(request, path, failure));
    }

    private static Body body(HttpServerRequest request, HttpError error) {
        return new Body(
                error.type(),
                HttpResponseStatus.valueOf(error.status()).reasonPhrase(),
                error.status(),
                error.detail(),
                RequestId.of(request),
                error.faults(),
                error.members());
    }

    /**
     * The same for an API whose errors have another form.
     *
     * @param error what the failure is over HTTP
     */
    public static void answer(HttpServerRequest request, Throwable failure, HttpError error, String type, Buffer body) {
        var response = request.response();
        if (response.headWritten() || response.closed()) return;
        response.setStatusCode(error.status());
        SecurityHeaders.apply(response);
        response.putHeader("Content-Type", type);
        headers(request, error).forEach(response::putHeader);
        if (failure instanceof Problem problem)
            problem.excess().ifPresent(excess -> RateHeaders.add(response, excess.rates()));
        var sent = response.end(body);
        if (error.closesConnection()) sent.onComplete(ended -> ConnectionDeadlines.endAfterAnswer(request, error));
    }

    // HTTP/2 has no such header (RFC 9113, 8.2.2).
    private static Map<String, String> headers(HttpServerRequest request, HttpError error) {
        if (!error.closesConnection() || !Http2Connections.carry(request)) return error.headers();
        var headers = new HashMap<>(error.headers());
        headers.remove(HttpError.CONNECTION);
        return headers;
    }

    private Problems() {}
}
