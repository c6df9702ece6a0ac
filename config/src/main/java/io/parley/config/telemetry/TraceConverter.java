package io.parley.config.telemetry;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.parley.kernel.telemetry.Traces;

/** The trace id in lines of text, in brackets, while a request or a turn is served. */
public final class TraceConverter extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
        var trace = Traces.current();
        return trace.isValid() ? " [" + trace.getTraceId() + ']' : "";
    }
}
