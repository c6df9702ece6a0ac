package io.parley.assistant.models.openai;

import io.parley.assistant.models.Generation;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ModelFailure.Kind;
import io.parley.assistant.models.ModelLimits;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.models.ReplyListener;
import io.parley.kernel.async.Retry;
import io.parley.kernel.async.RetryPolicy;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An answer over one or more attempts: a failed one is repeated if that may help, until the time is up. */
final class OpenAiGeneration implements Generation {
    private static final Logger log = LoggerFactory.getLogger(OpenAiGeneration.class);

    private final Vertx vertx;
    private final Context context;
    private final String provider;
    private final ModelLimits limits;
    private final Attempts attempts;
    private final ReplyListener listener;
    private final Promise<ModelReply> reply = Promise.promise();
    private @Nullable ModelRequest attempt;
    private String lastReason = "";
    private long deadlineTimer = IdleTimer.NO_TIMER;
    private volatile boolean hasEnded;

    @FunctionalInterface
    interface Attempts {
        ModelRequest begin(ReplyListener listener);
    }

    OpenAiGeneration(Vertx vertx, String provider, ModelLimits limits, Attempts attempts, ReplyListener listener) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.provider = provider;
        this.limits = limits;
        this.attempts = attempts;
        this.listener = listener;
    }

    OpenAiGeneration start() {
        context.runOnContext(started -> {
            deadlineTimer = vertx.setTimer(limits.whole().toMillis(), fired -> fail(Kind.TIMED_OUT, "deadline passed"));
            Retry.run(vertx, policy(), this::attempt)
                    .onSuccess(this::complete)
                    .onFailure(failure -> fail(kind(failure), reason(failure)));
        });
        return this;
    }

    @Override
    public Future<ModelReply> reply() {
        return reply.future();
    }

    @Override
    public void cancel() {
        if (hasEnded) return;
        hasEnded = true;
        context.runOnContext(cancelled -> {
            reply.tryFail(new ModelFailure(Kind.CANCELLED, usage()));
            release();
        });
    }

    private RetryPolicy policy() {
        return RetryPolicy.attempts(1 + limits.retries())
                .delayed(limits.pause())
                .growing(2, limits.longestPause())
                .when(this::isToBeRetried)
                .obeying(OpenAiGeneration::retryAfter);
    }

    private boolean isToBeRetried(Throwable failure) {
        return !hasEnded
                && failure instanceof ModelRequestFailure request
                && request.isRetryable()
                && retryAfter(failure).orElse(Duration.ZERO).compareTo(limits.longestPause()) <= 0;
    }

    private static Optional<Duration> retryAfter(Throwable failure) {
        return failure instanceof ModelRequestFailure request
                ? Optional.ofNullable(request.retryAfter())
                : Optional.empty();
    }

    private Future<ModelReply> attempt(int number) {
        if (hasEnded) return Future.failedFuture(new ModelFailure(Kind.CANCELLED));
        if (number > 1) log.info("Provider {} failed ({}), starting attempt {}", provider, lastReason, number);
        attempt = attempts.begin(new WhileRunning());
        return attempt.reply().onFailure(failure -> lastReason = reason(failure));
    }

    private final class WhileRunning implements ReplyListener {
        @Override
        public void onText(String text) {
            if (!hasEnded) listener.onText(text);
        }

        @Override
        public void onReasoning(String reasoning) {
            if (!hasEnded) listener.onReasoning(reasoning);
        }
    }

    private void complete(ModelReply whole) {
        if (hasEnded) return;
        hasEnded = true;
        vertx.cancelTimer(deadlineTimer);
        reply.tryComplete(whole);
    }

    private static Kind kind(Throwable failure) {
        if (failure instanceof ModelRequestFailure request) return request.kind();
        return failure instanceof ModelFailure model ? model.kind() : Kind.INTERNAL;
    }

    // Not the message of an unexpected exception, which may quote the key or the provider.
    private static String reason(Throwable failure) {
        return failure instanceof ModelRequestFailure request ? request.reason() : ModelRequest.placeOf(failure);
    }

    private void fail(Kind kind, String reason) {
        if (hasEnded) return;
        hasEnded = true;
        log.warn("Provider {} gave no complete answer: {} ({})", provider, kind, reason);
        reply.tryFail(new ModelFailure(kind, usage()));
        release();
    }

    private ModelReply.@Nullable Usage usage() {
        return attempt == null ? null : attempt.usage();
    }

    private void release() {
        vertx.cancelTimer(deadlineTimer);
        if (attempt != null) attempt.abort();
    }
}
