package io.parley.assistant.summaries;

import io.parley.assistant.history.TokenEstimate;
import io.parley.assistant.models.ModelChoice;
import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ModelReply;
import io.parley.contracts.assistant.Summary.Usage;
import io.parley.kernel.async.Futures;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** Lets a model write a summary, piece by piece: each time the summary so far and the messages after it. */
final class SummaryWriter {
    private static final String CONTENT_FILTER = "content_filter";

    private final ModelChoice choice;
    private final SummaryLimits limits;
    private String text = "";
    private @Nullable Usage usage;

    SummaryWriter(ModelChoice choice, SummaryLimits limits) {
        this.choice = choice;
        this.limits = limits;
    }

    /** Fails with a {@link ModelFailure} if any of its requests does. */
    Future<String> write(String previous, Transcript transcript, SummaryListener listener) {
        text = previous;
        return Futures.loop(() -> writePiece(transcript, listener)).map(written -> text);
    }

    /** Of all requests so far; null if the provider reported none. */
    @Nullable Usage usage() {
        return usage;
    }

    private Future<Boolean> writePiece(Transcript transcript, SummaryListener listener) {
        if (transcript.isEmpty()) return Future.succeededFuture(false);
        if (listener.isStopped()) return Future.failedFuture(new ModelFailure(ModelFailure.Kind.CANCELLED));
        var piece = transcript.next(limits.room(TokenEstimate.of(text)));
        var prompt = SummaryPrompt.of(choice.model(), text, piece, limits.tokens());
        var request = choice.languageModel().generate(prompt, ignored -> {});
        listener.onRequest(request);
        return request.reply()
                .onFailure(failure -> addUsage(failure instanceof ModelFailure model ? model.usage() : null, listener))
                .onSuccess(reply -> addUsage(reply.usage(), listener))
                .map(this::take);
    }

    private boolean take(ModelReply reply) {
        if (reply.text().isBlank() || CONTENT_FILTER.equals(reply.finishReason()))
            throw new ModelFailure(ModelFailure.Kind.EMPTY);
        text = TokenEstimate.beginning(reply.text().strip(), limits.tokens());
        return true;
    }

    private void addUsage(ModelReply.@Nullable Usage more, SummaryListener listener) {
        if (more == null) return;
        var added = new Usage(more.promptTokens(), more.completionTokens());
        usage = usage == null ? added : usage.plus(added);
        listener.onUsage(added);
    }
}
