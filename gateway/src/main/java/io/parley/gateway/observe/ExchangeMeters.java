package io.parley.gateway.observe;

import io.micrometer.core.instrument.Timer;
import io.parley.kernel.telemetry.Buckets;
import io.parley.kernel.telemetry.Meters;
import io.vertx.core.http.HttpMethod;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The meters of requests. Their names follow OpenTelemetry's conventions for HTTP, as Prometheus spells them. */
final class ExchangeMeters {
    /** RFC 9110, 9.3, and RFC 5789. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private static final LongAdder ACTIVE = new LongAdder();
    private static final Map<Labels, Timer> TIMERS = new ConcurrentHashMap<>();

    private record Labels(Endpoint endpoint, String method, int status) {}

    static {
        Meters.gauge("http.server.active.requests", "Requests that are being answered.", ACTIVE::sum);
        for (var kind : StreamKind.values())
            Meters.gauge(
                    "parley.streams.open",
                    "Streams of events that are open.",
                    () -> kind.open().sum(),
                    "kind",
                    kind.name().toLowerCase(Locale.ROOT));
    }

    static void begun() {
        ACTIVE.increment();
    }

    static void ended() {
        ACTIVE.decrement();
    }

    static void opened(StreamKind kind) {
        kind.open().increment();
    }

    static void closed(StreamKind kind) {
        kind.open().decrement();
    }

    static void measure(Endpoint endpoint, HttpMethod method, int status, long nanos) {
        TIMERS.computeIfAbsent(new Labels(endpoint, method(method), status), ExchangeMeters::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
        SignInMeter.answered(endpoint.operation(), status);
    }

    static String method(HttpMethod method) {
        return METHODS.contains(method.name()) ? method.name() : "_OTHER";
    }

    private static Timer timer(Labels labels) {
        return Meters.timer(
                "http.server.request.duration",
                "From the head of a request to the end of its answer, or to the first byte of a stream.",
                Buckets.REQUESTS,
                "operation",
                labels.endpoint().operation(),
                "http.request.method",
                labels.method(),
                "http.route",
                labels.endpoint().route(),
                "http.response.status.code",
                Integer.toString(labels.status()));
    }

    private ExchangeMeters() {}
}
