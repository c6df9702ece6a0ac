package io.parley.kernel.telemetry;

import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** A question on the bus, from asking to the answer: its duration and its span. */
public final class Ask {
    /** The outcome of a question that was answered. */
    public static final String OK = "ok";

    private static final LongAdder ACTIVE = new LongAdder();
    private static final Map<String, Map<String, Timer>> TIMERS = new ConcurrentHashMap<>();

    static {
        Meters.gauge("parley.bus.asks.active", "Questions on the bus that are not answered yet.", ACTIVE::sum);
    }

    private final String address;
    private final long startedAt = System.nanoTime();
    private final Span span;
    private final SpanContext trace;

    private Ask(String address) {
        this.address = address;
        this.span = Traces.areRecorded() ? Traces.start("ask " + address, SpanKind.INTERNAL) : Span.getInvalid();
        this.trace = span.getSpanContext().isValid() ? span.getSpanContext() : Traces.current();
        span.setAttribute("parley.address", address);
        ACTIVE.increment();
    }

    public static Ask begin(String address) {
        return new Ask(address);
    }

    /** The options with this trace; the same ones if there is none. */
    public DeliveryOptions traced(DeliveryOptions options) {
        return traced(options, trace);
    }

    /** The options with a trace; the same ones if it is invalid. */
    public static DeliveryOptions traced(DeliveryOptions options, SpanContext trace) {
        return trace.isValid() ? new DeliveryOptions(options).addHeader(Traces.HEADER, Traces.header(trace)) : options;
    }

    /** @param outcome {@link #OK} or the kind of the problem, from a closed list */
    public void end(String outcome) {
        ACTIVE.decrement();
        timer(address, outcome).record(System.nanoTime() - startedAt, TimeUnit.NANOSECONDS);
        if (!outcome.equals(OK)) span.setAttribute("error.type", outcome).setStatus(StatusCode.ERROR);
        span.end();
    }

    private static Timer timer(String address, String outcome) {
        return TIMERS.computeIfAbsent(address, each -> new ConcurrentHashMap<>())
                .computeIfAbsent(
                        outcome,
                        each -> Meters.timer(
                                "parley.bus.ask.duration",
                                "How long questions on the bus take.",
                                Buckets.REQUESTS,
                                "address",
                                address,
                                "outcome",
                                outcome));
    }
}
