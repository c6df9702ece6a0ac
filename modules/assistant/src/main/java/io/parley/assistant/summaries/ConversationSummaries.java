package io.parley.assistant.summaries;

import io.parley.assistant.models.ModelChoice;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.FindDigests;
import io.parley.contracts.messages.Messages.UpTo;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The summaries of conversations: which are valid, and new ones. */
public final class ConversationSummaries {
    private final Bus bus;
    private final SummaryLimits limits;
    private final SummaryStore store;
    private final SummaryMaker maker;

    public ConversationSummaries(Vertx vertx, Bus bus, Database database, SummaryLimits limits) {
        this.bus = bus;
        this.limits = limits;
        this.store = new SummaryStore(database);
        this.maker = new SummaryMaker(vertx, bus, limits, store);
    }

    /** Whether a turn with this model has summaries in its prompt. The offline commands read one message only. */
    public boolean areUsedBy(ModelChoice choice) {
        return limits.inTurns() && choice.provider() != null;
    }

    /**
     * Those that are valid on the branch, the newest first.
     *
     * @param leafId the last message of the branch
     */
    public Future<List<StoredSummary>> valid(Caller caller, UUID conversationId, UUID leafId) {
        return store.list(caller, conversationId)
                .compose(stored -> stored.isEmpty()
                        ? Future.succeededFuture(List.of())
                        : validOf(stored, caller, conversationId, leafId));
    }

    private Future<List<StoredSummary>> validOf(
            List<StoredSummary> stored, Caller caller, UUID conversationId, UUID leafId) {
        var ends = stored.stream().map(each -> each.summary().upToMessageId()).toList();
        return bus.ask(Messages.DIGESTS, new FindDigests(caller, conversationId, leafId, ends))
                .map(now -> stored.stream()
                        .filter(each ->
                                now.items().contains(new UpTo(each.summary().upToMessageId(), each.digest())))
                        .toList());
    }

    /** Fails conflict if what it covers has changed. */
    Future<StoredSummary> requireValid(StoredSummary summary, Caller caller, UUID leafId) {
        return validOf(List.of(summary), caller, summary.summary().conversationId(), leafId)
                .map(valid -> valid.stream().findFirst().orElseThrow(SummaryMaker::changedMeanwhile));
    }

    /**
     * Summarises for a turn everything before a message, by the model if that can; if not, there is an extractive summary. Fails
     * conflict if what is covered changes meanwhile.
     *
     * @param leafId the last message of the branch, which is the current one
     * @param valid what {@link #valid} has found
     */
    public Future<StoredSummary> summariseBefore(
            Message kept,
            Caller caller,
            UUID leafId,
            List<StoredSummary> valid,
            ModelChoice choice,
            SummaryListener listener) {
        var conversation = kept.conversationId();
        return before(kept, caller)
                .compose(upTo -> maker.makeAnyway(
                        new Span(caller, conversation, leafId, upTo, basis(valid)),
                        choice,
                        listener,
                        extractUpTo(upTo, valid)))
                .compose(made -> requireValid(made, caller, leafId));
    }

    /** The message before this one on the current branch. Fails conflict if there is none. */
    Future<Message> before(Message message, Caller caller) {
        var cursor = new Cursor(message.createdAt(), message.id());
        return Span.page(bus, caller, message.conversationId(), cursor, 1)
                .map(page -> page.items().stream().findFirst().orElseThrow(ConversationSummaries::nothing));
    }

    static Problem nothing() {
        return Problem.conflict("", "There is nothing to summarise.");
    }

    // An extractive one is never built upon: what it left out would be lost for good.
    private static @Nullable StoredSummary basis(List<StoredSummary> valid) {
        return valid.stream()
                .filter(StoredSummary::isByModel)
                .filter(each ->
                        each.digest().messageCount() <= valid.get(0).digest().messageCount())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable StoredSummary extractUpTo(Message message, List<StoredSummary> valid) {
        return valid.stream()
                .filter(each -> !each.isByModel())
                .filter(each -> each.summary().upToMessageId().equals(message.id()))
                .findFirst()
                .orElse(null);
    }

    /** Fails as the model does, and conflict if what is covered changes meanwhile. */
    Future<StoredSummary> make(Span span, ModelChoice choice, SummaryListener listener) {
        return maker.make(span, choice, listener).compose(made -> requireValid(made, span.caller(), span.leafId()));
    }

    SummaryStore store() {
        return store;
    }
}
