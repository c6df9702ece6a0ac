package io.parley.assistant.turns.storage;

import io.parley.assistant.models.ModelReply;
import io.parley.assistant.models.ToolCall;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Placement;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.async.Retry;
import io.parley.kernel.async.RetryPolicy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stores the messages of one turn in their order. The id of each follows from the turn and its position, so that storing a
 * message again has no effect, even if another node does so after taking the turn over.
 */
public final class TurnMessages {
    /** For 20 s: a short outage of the database must not lose the model's answer. */
    private static final RetryPolicy UNTIL_STORED =
            RetryPolicy.attempts(40).delayed(Duration.ofMillis(500)).when(TurnMessages::isTemporary);

    private static final RetryPolicy ONCE = RetryPolicy.attempts(1);

    private final Vertx vertx;
    private final Bus bus;
    private final Function<Messages.Post, Future<Message>> post;
    private final Caller caller;
    private final UUID turnId;
    private final UUID conversationId;
    private final @Nullable String provider;
    private final List<Message> stored = new ArrayList<>();

    /** The user's message, also if an earlier turn has stored it. */
    private final UUID question;

    /** Of the next message. The user's message has the number 0, also if an earlier turn has stored it. */
    private int number;

    /** The message that the next one follows; null before the user's message. */
    private @Nullable UUID last;

    public TurnMessages(Vertx vertx, Bus bus, Caller caller, Turn turn) {
        this(vertx, bus, caller, turn, post -> bus.ask(Messages.POST, post));
    }

    /** @param post stores a message */
    public TurnMessages(Vertx vertx, Bus bus, Caller caller, Turn turn, Function<Messages.Post, Future<Message>> post) {
        this.vertx = vertx;
        this.bus = bus;
        this.post = post;
        this.caller = caller;
        this.turnId = turn.id();
        this.conversationId = turn.conversationId();
        this.provider = turn.provider();
        this.question = turn.userMessageId();
        if (turn.answersAgain()) {
            this.number = 1;
            this.last = question;
        }
    }

    public List<Message> stored() {
        return List.copyOf(stored);
    }

    /** Whether the message is the user's, or one that the turn has stored. */
    public boolean has(UUID id) {
        return id.equals(question)
                || stored.stream().anyMatch(message -> message.id().equals(id));
    }

    /**
     * Tries once, so that the user learns of a failure at once.
     *
     * @param question its id and its parent are ignored
     * @param parent absent means the current leaf; null begins the conversation anew
     */
    public Future<Message> storeQuestion(MessageDraft question, Patch<UUID> parent) {
        var isFirst = parent.present() && parent.value() == null;
        var post = new Messages.Post(
                caller,
                conversationId,
                Ids.next(),
                question.with(nextId(), parent.value()),
                isFirst ? Placement.FIRST : Placement.AS_DRAFTED);
        return store(post, ONCE);
    }

    /**
     * Stores what a program has sent, each below the one before. Only the last is one of the turn's messages: the others have negative
     * numbers.
     *
     * @param parent as in {@link #storeQuestion}
     */
    public Future<List<Message>> storeInput(List<MessageDraft> drafts, Patch<UUID> parent) {
        var input = new ArrayList<Message>();
        Future<?> all = Future.succeededFuture();
        for (int at = 0; at < drafts.size(); at++) {
            var draft = drafts.get(at);
            int position = at - drafts.size() + 1;
            all = all.compose(before -> storeInput(draft, position, input, parent));
        }
        return all.map(stored -> {
            add(input.get(input.size() - 1));
            return List.copyOf(input);
        });
    }

    private Future<Message> storeInput(MessageDraft draft, int position, List<Message> before, Patch<UUID> parent) {
        var below = before.isEmpty()
                ? parent.value()
                : before.get(before.size() - 1).id();
        boolean isFirst = before.isEmpty() && parent.present() && below == null;
        var input = new Messages.Post(
                caller,
                conversationId,
                Ids.next(),
                draft.with(Turn.messageId(turnId, position), below),
                isFirst ? Placement.FIRST : Placement.AS_DRAFTED);
        return Retry.run(vertx, ONCE, () -> post.apply(input)).onSuccess(before::add);
    }

    /** @param ofClient those of the calls that the program that asks runs itself */
    public Future<Message> storeCalls(ModelReply reply, List<ToolCall> ofClient) {
        var content = reply.text().isEmpty() ? null : reply.text();
        var calls = ToolCallJson.ofCalls(reply.toolCalls());
        return storeReply(
                draft(
                        Role.ASSISTANT,
                        content,
                        tokens(reply),
                        reply.model(),
                        calls,
                        null,
                        ClientCalls.metadata(ofClient)),
                reply);
    }

    public Future<Message> storeResult(ToolCall call, String result) {
        var results = ToolCallJson.ofResult(call);
        return store(draft(Role.TOOL, result, null, null, null, results, null), null, null);
    }

    public Future<Message> storeAnswer(ModelReply reply) {
        var incomplete = Incomplete.of(reply.finishReason());
        var metadata = incomplete == null ? null : incomplete.metadata();
        return storeReply(
                draft(Role.ASSISTANT, reply.text(), tokens(reply), reply.model(), null, null, metadata), reply);
    }

    private Future<Message> storeReply(MessageDraft draft, ModelReply reply) {
        var state = reply.providerState() == null || provider == null
                ? null
                : new Messages.ProviderState(provider, reply.providerState());
        return store(draft, reply.reasoning(), state);
    }

    /**
     * Stores the text that there was when the turn broke off.
     *
     * @param reasoning that came before the text; empty if there was none
     */
    public Future<Message> storeIncomplete(String text, String reasoning, String model, Incomplete reason) {
        var draft = draft(Role.ASSISTANT, text, null, model, null, null, reason.metadata());
        return store(draft, reasoning.isEmpty() ? null : reasoning, null);
    }

    /** Reads the messages that the turn stored before, perhaps on another node. */
    public Future<Void> load() {
        return bus.ask(Messages.FIND, new Messages.Find(caller, nextId()))
                .compose(found -> {
                    add(found);
                    return load();
                })
                .recover(failure -> failure instanceof Problem problem && problem.kind() == Kind.NOT_FOUND
                        ? Future.succeededFuture()
                        : Future.failedFuture(failure));
    }

    private static @Nullable Integer tokens(ModelReply reply) {
        return reply.usage() == null ? null : reply.usage().completionTokens();
    }

    private MessageDraft draft(
            Role role,
            @Nullable String content,
            @Nullable Integer tokens,
            @Nullable String model,
            @Nullable Json calls,
            @Nullable Json results,
            @Nullable Json metadata) {
        return new MessageDraft(nextId(), last, role, content, tokens, model, calls, results, metadata);
    }

    private UUID nextId() {
        return Turn.messageId(turnId, number);
    }

    private Future<Message> store(
            MessageDraft draft, @Nullable String reasoning, Messages.@Nullable ProviderState state) {
        return store(
                new Messages.Post(caller, conversationId, Ids.next(), draft, Placement.FOLLOWING, reasoning, state),
                UNTIL_STORED);
    }

    private Future<Message> store(Messages.Post post, RetryPolicy policy) {
        return Retry.run(vertx, policy, () -> this.post.apply(post)).onSuccess(this::add);
    }

    private void add(Message message) {
        stored.add(message);
        last = message.id();
        number++;
    }

    private static boolean isTemporary(Throwable failure) {
        return failure instanceof Problem problem
                && (problem.kind() == Kind.UNAVAILABLE
                        || problem.kind() == Kind.TIMEOUT
                        || problem.kind() == Kind.LOST);
    }
}
