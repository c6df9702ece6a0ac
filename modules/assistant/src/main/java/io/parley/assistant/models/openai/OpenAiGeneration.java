package io.parley.assistant.models.openai;

import io.parley.assistant.models.Generation;
import io.parley.assistant.models.IdleTimer;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ModelFailure.Kind;
import io.parley.assistant.models.ModelLimits;
import io.parley.assistant.models.ModelReply;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes attempt after attempt, where another may help, until there is an answer or the time is up. */
final class OpenAiGeneration implements Generation {
    private static final Logger log = LoggerFactory.getLogger(OpenAiGeneration.class);

    private final Vertx vertx;
    private final Context context;
    private final String provider;
    private final ModelLimits limits;
    private final Attempts attempts;
    private final Consumer<String> text;
    private final Promise<ModelReply> reply = Promise.promise();
    private @Nullable ModelRequest attempt;
    private int retries;
    private long deadline = IdleTimer.NO_TIMER;
    private long pause = IdleTimer.NO_TIMER;
    private volatile boolean over;

    /** How an attempt is made, all but what hears its text. */
    @FunctionalInterface
    interface Attempts {
        ModelRequest ask(Consumer<String> text);
    }

    OpenAiGeneration(Vertx vertx, String provider, ModelLimits limits, Attempts attempts, Consumer<String> text) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.provider = provider;
        this.limits = limits;
        this.attempts = attempts;
        this.text = text;
    }

    OpenAiGeneration start() {
        context.runOnContext(started -> {
            deadline = vertx.setTimer(limits.whole().toMillis(), late -> fail(Kind.TIMED_OUT, "too slow"));
            ask();
        });
        return this;
    }

    @Override
    public Future<ModelReply> reply() {
        return reply.future();
    }

    @Override
    public void cancel() {
        if (over) return;
        over = true;
        context.runOnContext(told -> {
            stop();
            reply.tryFail(new ModelFailure(Kind.CANCELLED));
        });
    }

    private void ask() {
        if (over) return;
        attempt = attempts.ask(this::hear);
        attempt.reply().onSuccess(this::succeed).onFailure(this::failed);
    }

    private void hear(String piece) {
        if (!over) text.accept(piece);
    }

    private void succeed(ModelReply whole) {
        if (over) return;
        over = true;
        vertx.cancelTimer(deadline);
        reply.tryComplete(whole);
    }

    private void failed(Throwable cause) {
        if (over) return;
        if (!(cause instanceof ModelRequestFailure failure))
            fail(Kind.UNAVAILABLE, cause.getClass().getSimpleName());
        else if (again(failure)) askAfter(pause(failure), failure);
        else fail(failure.kind(), failure.reason());
    }

    private boolean again(ModelRequestFailure failure) {
        return failure.passing() && retries < limits.retries() && pause(failure).compareTo(limits.longestPause()) <= 0;
    }

    private Duration pause(ModelRequestFailure failure) {
        var wished = failure.pause();
        return wished == null ? limits.pause().multipliedBy(1L << retries) : wished;
    }

    private void askAfter(Duration wait, ModelRequestFailure failure) {
        log.info("provider {}: {}, asked again in {} ms", provider, failure.reason(), wait.toMillis());
        retries++;
        pause = vertx.setTimer(Math.max(1, wait.toMillis()), waited -> ask());
    }

    private void fail(Kind kind, String reason) {
        if (over) return;
        over = true;
        log.warn("provider {}: {} ({})", provider, kind, reason);
        stop();
        reply.tryFail(new ModelFailure(kind));
    }

    private void stop() {
        vertx.cancelTimer(deadline);
        vertx.cancelTimer(pause);
        if (attempt != null) attempt.abort();
    }
}
