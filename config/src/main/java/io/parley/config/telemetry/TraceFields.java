package io.parley.config.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonGenerator;
import io.parley.kernel.telemetry.Traces;
import java.io.IOException;
import net.logstash.logback.composite.AbstractJsonProvider;

/** The ids of the trace and the span in lines of JSON, while a request or a turn is served. */
final class TraceFields extends AbstractJsonProvider<ILoggingEvent> {
    @Override
    public void writeTo(JsonGenerator generator, ILoggingEvent event) throws IOException {
        var trace = Traces.current();
        if (!trace.isValid()) return;
        generator.writeStringField("trace.id", trace.getTraceId());
        generator.writeStringField("span.id", trace.getSpanId());
    }
}
