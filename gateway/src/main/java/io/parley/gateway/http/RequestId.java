package io.parley.gateway.http;

import io.opentelemetry.api.trace.TraceId;
import io.parley.kernel.telemetry.Traces;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The id of a request: 32 lower-case hex digits, which every answer has in {@code x-request-id} and every problem in {@code trace_id}.
 * It is the trace id of the client's {@code traceparent} (W3C Trace Context, 3.2), else the client's {@code X-Request-Id} if that is
 * a UUID or 32 hex digits, as nginx and Envoy send them, else a new one. Nothing else of a client's is repeated.
 */
public final class RequestId {
    private static final CharSequence HEADER = HttpHeaders.createOptimized("x-request-id");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** Gives the request its id, before anything is answered. */
    public static void assign(HttpServerRequest request) {
        var headers = request.headers();
        var trace = Traces.read(headers);
        var id = Optional.of(trace.getTraceId())
                .filter(known -> trace.isValid())
                .or(() -> Optional.ofNullable(headers.get(HEADER)).flatMap(RequestId::ofRequest))
                .orElseGet(RequestId::random);
        request.response().putHeader(HEADER, id);
    }

    /** The id that the request was given; it is given one if it has none. */
    public static String of(HttpServerRequest request) {
        if (!request.response().headers().contains(HEADER)) assign(request);
        return request.response().headers().get(HEADER);
    }

    private static Optional<String> ofRequest(String id) {
        return HEX.matcher(id).matches() || UUID.matcher(id).matches()
                ? Optional.of(id.replace("-", "").toLowerCase(Locale.ROOT)).filter(TraceId::isValid)
                : Optional.empty();
    }

    private static String random() {
        var bytes = new byte[16];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private RequestId() {}
}
