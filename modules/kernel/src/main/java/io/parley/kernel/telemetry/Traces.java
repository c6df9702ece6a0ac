package io.parley.kernel.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace of what runs at the moment (W3C Trace Context). It belongs to a Vert.x context that was made for one request or one message,
 * and goes along with every question on the bus. Without a tracer there are trace ids for the logs, but no spans.
 */
public final class Traces {
    /** The header of a trace, over HTTP and on the bus. */
    public static final String HEADER = "traceparent";

    /** A version above 00 may have more fields at its end; the version ff is not allowed. */
    private static final Pattern PARENT =
            Pattern.compile("(?!ff)(?!00-.{52}-)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    private static final ThreadLocal<@Nullable String> NEXT_ID = new ThreadLocal<>();

    private static volatile @Nullable Tracer tracer;

    /** From now on there are spans. To be called before any request. */
    public static void record(Tracer spans) {
        tracer = spans;
    }

    /** Whether there are spans. */
    public static boolean areRecorded() {
        return tracer != null;
    }

    /** Invalid outside of a request or a turn. */
    public static SpanContext current() {
        var context = Vertx.currentContext();
        if (context == null) return SpanContext.getInvalid();
        var trace = TraceLocal.CURRENT.get(context);
        return trace == null ? SpanContext.getInvalid() : trace;
    }

    /** From now on the current context works for this trace. Ignored in the context of a verticle, which works for all. */
    public static void enter(SpanContext trace) {
        var context = (ContextInternal) Vertx.currentContext();
        if (context != null && context.isDuplicate() && trace.isValid()) TraceLocal.CURRENT.put(context, trace);
    }

    /** A span within the current one; an invalid one if there are no spans or nothing is being traced. */
    public static Span start(String name, SpanKind kind) {
        var current = current();
        return current.isValid() ? start(name, kind, current) : Span.getInvalid();
    }

    /** A span within another one. */
    public static Span start(String name, SpanKind kind, SpanContext parent) {
        var spans = tracer;
        if (spans == null) return Span.getInvalid();
        return spans.spanBuilder(name)
                .setSpanKind(kind)
                .setParent(Context.root().with(Span.wrap(parent)))
                .startSpan();
    }

    /** The first span of a trace with this id, which is 32 lower-case hex digits. */
    public static Span startFirst(String name, SpanKind kind, String traceId) {
        var spans = tracer;
        if (spans == null) return Span.wrap(local(traceId));
        NEXT_ID.set(traceId);
        try {
            return spans.spanBuilder(name).setSpanKind(kind).setNoParent().startSpan();
        } finally {
            NEXT_ID.remove();
        }
    }

    /** The id of a trace that {@link #startFirst} is starting on this thread. */
    public static @Nullable String nextTraceId() {
        return NEXT_ID.get();
    }

    /** The same trace with a new span id, for logs of a process without spans. */
    public static SpanContext local(String traceId) {
        return SpanContext.create(traceId, newSpanId(), TraceFlags.getDefault(), TraceState.getDefault());
    }

    private static String newSpanId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1);
    }

    /** The trace in the header; invalid if there is none, or none that can be read. */
    public static SpanContext read(MultiMap headers) {
        var header = headers.get(HEADER);
        return header == null ? SpanContext.getInvalid() : read(header);
    }

    // Each question on the bus carries a trace in this form, and the regular expression takes a microsecond.
    private static SpanContext read(String header) {
        if (isOwnForm(header)) return parent(header.substring(3, 35), header.substring(36, 52), header.substring(53));
        var parts = PARENT.matcher(header);
        return parts.matches() ? parent(parts.group(1), parts.group(2), parts.group(3)) : SpanContext.getInvalid();
    }

    private static boolean isOwnForm(String header) {
        return header.length() == 55
                && header.startsWith("00-")
                && header.charAt(35) == '-'
                && (header.endsWith("-00") || header.endsWith("-01"));
    }

    // Invalid if one of the ids is not of lower-case hex digits.
    private static SpanContext parent(String traceId, String spanId, String flags) {
        return SpanContext.createFromRemoteParent(
                traceId, spanId, TraceFlags.fromHex(flags, 0), TraceState.getDefault());
    }

    /** The value of the header for a trace. */
    public static String header(SpanContext trace) {
        return "00-" + trace.getTraceId() + '-' + trace.getSpanId() + '-'
                + trace.getTraceFlags().asHex();
    }

    private Traces() {}
}
