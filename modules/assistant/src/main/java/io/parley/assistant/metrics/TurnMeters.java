package io.parley.assistant.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.parley.kernel.telemetry.Buckets;
import io.parley.kernel.telemetry.Meters;
import io.parley.kernel.telemetry.Traces;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The meters and the span of one turn, on the node that runs it. */
public final class TurnMeters {
    private static final String PROVIDER = "provider";
    private static final String OUTCOME = "outcome";
    private static final List<String> OUTCOMES = List.of("completed", "cancelled", "failed");
    private static final LongAdder ACTIVE = new LongAdder();

    private final String provider;
    private final String model;
    private final long startedAt = System.nanoTime();
    private final Span span = Traces.start("turn", SpanKind.INTERNAL);
    private String outcome = "failed";
    private @Nullable String error;

    static {
        Meters.gauge("parley.turns.active", "Turns that run.", ACTIVE::sum);
    }

    /**
     * Makes the meters whose labels are known.
     *
     * @param codes why turns can fail
     */
    public static void announce(List<String> providers, List<String> codes) {
        for (var provider : providers.isEmpty() ? List.of(ProviderCall.COMMANDS) : providers) {
            OUTCOMES.forEach(outcome -> turns(provider, outcome));
            rounds(provider);
            codes.forEach(code -> failures(provider, code));
        }
        OUTCOMES.forEach(TurnMeters::duration);
    }

    /**
     * The turn begins, and what runs in this context from now on belongs to its span.
     *
     * @param provider null for the offline commands
     * @param model as the settings name it
     */
    public TurnMeters(@Nullable String provider, String model) {
        this.provider = ProviderCall.name(provider);
        this.model = model;
        ACTIVE.increment();
        Traces.enter(span.getSpanContext());
    }

    /** The model is asked once more. */
    public void round() {
        rounds(provider).increment();
    }

    /** Tokens that a model has used, cached and reasoning ones included. */
    public void spent(int input, int output) {
        tokens("input").increment(input);
        tokens("output").increment(output);
    }

    /**
     * How the turn ends.
     *
     * @param status completed, cancelled or failed
     * @param code why it failed, from a closed list
     */
    public void ending(String status, @Nullable String code) {
        outcome = status;
        error = code;
    }

    public void ended() {
        ACTIVE.decrement();
        turns(provider, outcome).increment();
        duration(outcome).record(System.nanoTime() - startedAt, TimeUnit.NANOSECONDS);
        if (error != null) {
            failures(provider, error).increment();
            span.setAttribute("error.type", error).setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    private static Counter turns(String provider, String outcome) {
        return Meters.counter("parley.turns", "Turns that have ended.", PROVIDER, provider, OUTCOME, outcome);
    }

    private static Counter failures(String provider, String code) {
        return Meters.counter("parley.turn.failures", "Turns that have failed.", PROVIDER, provider, "kind", code);
    }

    private static Counter rounds(String provider) {
        return Meters.counter("parley.turn.rounds", "Answers that models were asked for in turns.", PROVIDER, provider);
    }

    private Counter tokens(String type) {
        return Meters.counter(
                "parley.turn.tokens",
                "Tokens, as providers report them.",
                PROVIDER,
                provider,
                "model",
                model,
                "type",
                type);
    }

    private static Timer duration(String outcome) {
        return Meters.timer("parley.turn.duration", "How long turns take.", Buckets.MODELS, OUTCOME, outcome);
    }
}
