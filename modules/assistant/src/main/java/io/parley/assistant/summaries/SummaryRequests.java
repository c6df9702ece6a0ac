package io.parley.assistant.summaries;

import io.parley.assistant.models.Generation;
import io.parley.assistant.models.ModelChoice;
import io.parley.assistant.models.ModelFailure;
import io.parley.contracts.assistant.Summaries;
import io.parley.contracts.assistant.Summary;
import io.parley.contracts.assistant.Summary.Usage;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.messages.BranchDigest;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.UpTo;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Summaries that users ask for. */
public final class SummaryRequests {
    private static final int PAGE_SIZE = 50;

    /** How many of the last questions are not covered, unless the request says otherwise. */
    private static final int QUESTIONS_KEPT = 2;

    private final Bus bus;
    private final ConversationSummaries summaries;
    private final BiFunction<Caller, Conversation, Future<ModelChoice>> choices;
    private final Set<Request> running = new HashSet<>();

    /** @param choices the model that answers in a conversation */
    public SummaryRequests(
            Bus bus, ConversationSummaries summaries, BiFunction<Caller, Conversation, Future<ModelChoice>> choices) {
        this.bus = bus;
        this.summaries = summaries;
        this.choices = choices;
    }

    public Future<Summary> find(Summaries.Find query) {
        return conversation(query.caller(), query.conversationId())
                .compose(conversation -> conversation.currentLeaf() == null
                        ? Future.succeededFuture(List.<StoredSummary>of())
                        : summaries.valid(query.caller(), conversation.id(), conversation.currentLeaf()))
                .map(valid -> valid.stream()
                        .findFirst()
                        .map(StoredSummary::summary)
                        .orElseThrow(() -> Problem.notFound("summary")));
    }

    private Future<Conversation> conversation(Caller caller, UUID id) {
        return bus.ask(Conversations.FIND, new Conversations.Find(caller, id));
    }

    public Future<Summary> create(Summaries.Create command) {
        return conversation(command.caller(), command.conversationId())
                .compose(conversation -> requireNoTurn(command).compose(none -> create(command, conversation)))
                .map(StoredSummary::summary);
    }

    private Future<Void> requireNoTurn(Summaries.Create command) {
        return summaries
                .store()
                .isTurnRunning(command.caller(), command.conversationId())
                .map(isRunning -> {
                    if (isRunning)
                        throw Problem.conflict(
                                "", "A turn of this conversation is running. Wait for its end, or stop it.");
                    return null;
                });
    }

    private Future<StoredSummary> create(Summaries.Create command, Conversation conversation) {
        var leaf = conversation.currentLeaf();
        if (leaf == null) throw command.upToMessageId() == null ? ConversationSummaries.nothing() : notOnBranch();
        return upTo(command)
                .compose(upTo -> span(command, leaf, upTo))
                .compose(span -> choices.apply(command.caller(), conversation).compose(choice -> make(span, choice)));
    }

    private Future<Message> upTo(Summaries.Create command) {
        var id = command.upToMessageId();
        if (id == null)
            return lastQuestion(command, null, QUESTIONS_KEPT)
                    .compose(question -> summaries.before(question, command.caller()));
        return bus.ask(Messages.FIND, new Messages.Find(command.caller(), id))
                .recover(failure -> Future.failedFuture(isMissing(failure) ? notOnBranch() : failure));
    }

    // Counts from the end of the conversation.
    private Future<Message> lastQuestion(Summaries.Create command, @Nullable Cursor cursor, int number) {
        return Span.page(bus, command.caller(), command.conversationId(), cursor, PAGE_SIZE)
                .compose(page -> {
                    var questions = page.items().stream()
                            .filter(message -> message.role() == Role.USER)
                            .toList();
                    if (questions.size() >= number) return Future.succeededFuture(questions.get(number - 1));
                    if (page.nextCursor() == null) throw ConversationSummaries.nothing();
                    return lastQuestion(command, page.nextCursor(), number - questions.size());
                });
    }

    private static boolean isMissing(Throwable failure) {
        return failure instanceof Problem problem
                && (problem.kind() == Kind.NOT_FOUND || problem.kind() == Kind.FORBIDDEN);
    }

    private static Problem notOnBranch() {
        return Problem.invalid("/up_to_message_id", "must be a message on the current branch of the conversation");
    }

    private Future<Span> span(Summaries.Create command, UUID leaf, Message upTo) {
        var caller = command.caller();
        var conversation = command.conversationId();
        return bus.ask(Messages.DIGESTS, new Messages.FindDigests(caller, conversation, leaf, List.of(upTo.id())))
                .map(found ->
                        found.items().stream().map(UpTo::digest).findFirst().orElseThrow(SummaryRequests::notOnBranch))
                .compose(digest -> summaries
                        .valid(caller, conversation, leaf)
                        .map(valid -> new Span(caller, conversation, leaf, upTo, shorter(valid, digest))));
    }

    private static @Nullable StoredSummary shorter(List<StoredSummary> valid, BranchDigest digest) {
        return valid.stream()
                .filter(each -> each.isByModel() && each.digest().messageCount() < digest.messageCount())
                .findFirst()
                .orElse(null);
    }

    private Future<StoredSummary> make(Span span, ModelChoice choice) {
        var request = new Request();
        running.add(request);
        return summaries
                .make(span, choice, request)
                .recover(failure -> Future.failedFuture(
                        failure instanceof ModelFailure model ? unavailable(model, request) : failure))
                .onComplete(done -> running.remove(request));
    }

    // A request is cancelled if it takes too long, or because this node shuts down.
    private static Problem unavailable(ModelFailure failure, Request request) {
        var late =
                failure.kind() == ModelFailure.Kind.CANCELLED ? new ModelFailure(ModelFailure.Kind.TIMED_OUT) : failure;
        var cause = request.isStopped() ? new ModelFailure(ModelFailure.Kind.SERVER_ENDED) : late;
        return new Problem(Kind.UNAVAILABLE, String.valueOf(cause.getMessage()), List.of());
    }

    /** Stops all, because this node shuts down. */
    public void close() {
        running.forEach(Request::stop);
    }

    /** A summary that is being made. */
    private static final class Request implements SummaryListener {
        private @Nullable Generation request;
        private boolean isStopped;

        void stop() {
            isStopped = true;
            if (request != null) request.cancel();
        }

        @Override
        public void onRequest(Generation begun) {
            request = begun;
        }

        @Override
        public void onUsage(Usage usage) {}

        @Override
        public boolean isStopped() {
            return isStopped;
        }
    }
}
