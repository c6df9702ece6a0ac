package io.parley.assistant.summaries;

import io.parley.assistant.history.TokenEstimate;
import io.parley.assistant.models.ModelChoice;
import io.parley.assistant.summaries.SummaryStore.Draft;
import io.parley.contracts.assistant.Summary.Kind;
import io.parley.contracts.assistant.Summary.Usage;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/** Makes summaries and stores them. */
final class SummaryMaker {
    private final Vertx vertx;
    private final Bus bus;
    private final SummaryLimits limits;
    private final SummaryStore store;

    SummaryMaker(Vertx vertx, Bus bus, SummaryLimits limits, SummaryStore store) {
        this.vertx = vertx;
        this.bus = bus;
        this.limits = limits;
        this.store = store;
    }

    /** By the model; an extractive one for the offline commands. Fails as the model does. */
    Future<StoredSummary> make(Span span, ModelChoice choice, SummaryListener listener) {
        return new CoveredMessages(bus, limits, span)
                .read()
                .compose(covered -> choice.provider() == null
                        ? storeExtract(covered, null)
                        : write(covered, choice, new SummaryWriter(choice, limits), listener));
    }

    /**
     * By the model; if that fails, the given summary of the same messages, else an extractive one. Fails as the model does only
     * if the summary is no longer needed.
     */
    Future<StoredSummary> makeAnyway(
            Span span, ModelChoice choice, SummaryListener listener, @Nullable StoredSummary otherwise) {
        return new CoveredMessages(bus, limits, span).read().compose(covered -> {
            var writer = new SummaryWriter(choice, limits);
            return write(covered, choice, writer, listener).recover(failure -> {
                if (listener.isStopped()) return Future.failedFuture(failure);
                return otherwise == null ? storeExtract(covered, writer.usage()) : Future.succeededFuture(otherwise);
            });
        });
    }

    static Problem changedMeanwhile() {
        return Problem.conflict("", "The conversation has changed while it was summarised. Try again.");
    }

    private Future<StoredSummary> write(
            CoveredMessages covered, ModelChoice choice, SummaryWriter writer, SummaryListener listener) {
        var deadline = new SummaryDeadline(listener);
        var timer = vertx.setTimer(limits.time().toMillis(), late -> deadline.end());
        return writer.write(covered.previousText(), covered.transcript(), deadline)
                .onComplete(done -> vertx.cancelTimer(timer))
                .compose(text -> store(covered, Kind.MODEL, choice, text, writer.usage()));
    }

    private Future<StoredSummary> storeExtract(CoveredMessages covered, @Nullable Usage usage) {
        return store(covered, Kind.EXTRACTIVE, null, covered.extract(), usage);
    }

    private Future<StoredSummary> store(
            CoveredMessages covered, Kind kind, @Nullable ModelChoice choice, String text, @Nullable Usage usage) {
        var span = covered.span();
        return store.save(
                span.caller(),
                new Draft(
                        span.conversationId(),
                        span.upTo().id(),
                        covered.digest(),
                        kind,
                        choice == null ? null : choice.provider(),
                        choice == null ? null : choice.model(),
                        text,
                        TokenEstimate.of(text),
                        usage));
    }
}
