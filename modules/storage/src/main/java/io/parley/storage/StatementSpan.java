package io.parley.storage;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.parley.kernel.telemetry.Traces;
import io.vertx.core.AsyncResult;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The span of a statement. It has neither its text nor its values. */
record StatementSpan(Span span) {
    private static final StatementSpan NONE = new StatementSpan(Span.getInvalid());
    private static final Pattern VERB =
            Pattern.compile("\\b(SELECT|INSERT|UPDATE|DELETE)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern TABLE = Pattern.compile(
            "\\b(?:FROM|INTO|UPDATE)\\s+(?:ONLY\\s+)?([a-z_][a-z0-9_]*)\\b(?!\\s*\\()", Pattern.CASE_INSENSITIVE);

    /** By text, of which there are as many as {@link Database} has cached. */
    private static final Map<String, Name> NAMES = new ConcurrentHashMap<>();

    private record Name(String verb, String whole) {}

    static StatementSpan begin(String sql) {
        if (!Traces.areRecorded()) return NONE;
        var name = NAMES.computeIfAbsent(sql, StatementSpan::name);
        var span = Traces.start(name.whole(), SpanKind.CLIENT)
                .setAttribute("db.system.name", "postgresql")
                .setAttribute("db.operation.name", name.verb());
        return new StatementSpan(span);
    }

    private static Name name(String sql) {
        var table = TABLE.matcher(sql);
        var verb = VERB.matcher(sql);
        var word = verb.find() ? verb.group(1).toUpperCase(Locale.ROOT) : "SQL";
        return new Name(word, table.find() ? word + ' ' + table.group(1).toLowerCase(Locale.ROOT) : word);
    }

    void end(AsyncResult<?> result) {
        if (result.failed())
            span.setAttribute("error.type", result.cause().getClass().getSimpleName())
                    .setStatus(StatusCode.ERROR);
        span.end();
    }
}
