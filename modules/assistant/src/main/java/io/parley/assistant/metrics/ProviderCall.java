package io.parley.assistant.metrics;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.parley.kernel.telemetry.Buckets;
import io.parley.kernel.telemetry.Meters;
import io.parley.kernel.telemetry.Traces;
import io.vertx.core.MultiMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One HTTP request to a provider, from connecting to the end of its answer. */
public final class ProviderCall {
    /** Stands for the offline commands, which no provider answers. */
    static final String COMMANDS = "commands";

    private final String provider;
    private final long startedAt = System.nanoTime();
    private final Span span;
    private String status = "error";
    private boolean hasEnded;

    /** @param model as the settings name it */
    public static ProviderCall begin(String provider, String model, @Nullable String host) {
        return new ProviderCall(provider, model, host);
    }

    private ProviderCall(String provider, String model, @Nullable String host) {
        this.provider = provider;
        this.span = Traces.start("chat " + model, SpanKind.CLIENT)
                .setAttribute("gen_ai.operation.name", "chat")
                .setAttribute("gen_ai.provider.name", provider)
                .setAttribute("gen_ai.request.model", model);
        if (host != null) span.setAttribute("server.address", host);
    }

    static String name(@Nullable String provider) {
        return provider == null ? COMMANDS : provider;
    }

    /** Lets the provider continue the trace, if there are spans. */
    public void trace(MultiMap headers) {
        if (span.getSpanContext().isValid()) headers.set(Traces.HEADER, Traces.header(span.getSpanContext()));
    }

    /** The head of the answer has arrived. */
    public void answered(int code) {
        status = Integer.toString(code);
    }

    /** The tokens that the provider reports. */
    public void spent(int input, int output) {
        span.setAttribute("gen_ai.usage.input_tokens", input).setAttribute("gen_ai.usage.output_tokens", output);
    }

    /** Only the first call has an effect. */
    public void end(boolean hasFailed) {
        if (hasEnded) return;
        hasEnded = true;
        Meters.timer(
                        "parley.provider.request.duration",
                        "How long requests to providers take.",
                        Buckets.MODELS,
                        "provider",
                        provider,
                        "status",
                        status)
                .record(System.nanoTime() - startedAt, TimeUnit.NANOSECONDS);
        if (hasFailed) span.setAttribute("error.type", status).setStatus(StatusCode.ERROR);
        span.end();
    }
}
