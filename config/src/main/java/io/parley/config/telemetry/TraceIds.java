package io.parley.config.telemetry;

import io.opentelemetry.sdk.trace.IdGenerator;
import io.parley.kernel.telemetry.Traces;

/** Random ids, except for the trace of a request, whose id is that of the request. */
final class TraceIds implements IdGenerator {
    private final IdGenerator random = IdGenerator.random();

    @Override
    public String generateSpanId() {
        return random.generateSpanId();
    }

    @Override
    public String generateTraceId() {
        var wanted = Traces.nextTraceId();
        return wanted == null ? random.generateTraceId() : wanted;
    }
}
