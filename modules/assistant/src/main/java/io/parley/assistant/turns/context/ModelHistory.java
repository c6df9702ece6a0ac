package io.parley.assistant.turns.context;

import io.parley.assistant.history.HistoryBytes;
import io.parley.assistant.history.HistoryMessage;
import io.parley.assistant.history.TokenEstimate;
import io.parley.assistant.models.Prompt.Attached;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.MessageState;
import io.parley.contracts.messages.Messages.Which;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Selects the part of a conversation that a model is sent: the newest messages that fit into the budget, and always the
 * system messages at its beginning. A tool call and its results are sent together or not at all, because providers require
 * that.
 */
public final class ModelHistory {
    private static final int PAGE_SIZE = 50;

    private final Bus bus;
    private final Caller caller;
    private final Turn turn;
    private final int budget;
    private final int mostBytes;
    private final @Nullable UUID summarised;
    private final HistoryBytes bytes;
    private final List<Message> newestFirst = new ArrayList<>();
    private int tokens;
    private boolean isCutOff;
    private boolean isElsewhere;
    private UUID leaf;

    /**
     * @param budget in estimated tokens
     * @param mostBytes that are read
     * @param summarised the message up to which a summary stands for the messages; null if there is none
     */
    public ModelHistory(Bus bus, Caller caller, Turn turn, int budget, int mostBytes, @Nullable UUID summarised) {
        this.bus = bus;
        this.caller = caller;
        this.turn = turn;
        this.budget = budget;
        this.mostBytes = mostBytes;
        this.bytes = new HistoryBytes(mostBytes);
        this.summarised = summarised;
        this.leaf = turn.userMessageId();
    }

    Future<ModelHistory> read() {
        return readFrom(null).map(read -> this);
    }

    /** Reads the branch that ends with this message. */
    public Future<ModelHistory> readBranch(UUID leaf) {
        isElsewhere = true;
        this.leaf = leaf;
        return read();
    }

    // Nearly always the user's message is on the current branch, but the leaf may have been moved just now.
    private Future<Void> readFrom(@Nullable Cursor cursor) {
        return list(new PageRequest(cursor, PAGE_SIZE, Order.DESC, HistoryBytes.PIECE))
                .compose(page -> {
                    if (cursor == null && !isElsewhere && !hasUserMessage(page)) {
                        isElsewhere = true;
                        return readFrom(null);
                    }
                    for (var message : page.items()) {
                        if (message.id().equals(summarised)) return Future.succeededFuture();
                        tokens += TokenEstimate.of(message);
                        if (!bytes.haveRoomFor(message) || (tokens > budget && !newestFirst.isEmpty())) {
                            isCutOff = true;
                            return Future.succeededFuture();
                        }
                        newestFirst.add(message);
                    }
                    return page.nextCursor() == null ? Future.succeededFuture() : readFrom(page.nextCursor());
                });
    }

    private boolean hasUserMessage(Page<Message> page) {
        return page.items().stream().anyMatch(message -> message.id().equals(turn.userMessageId()));
    }

    /** Whether the messages are not on the current branch any more. */
    boolean isElsewhere() {
        return isElsewhere;
    }

    /** Whether all messages, those that a summary stands for excepted, fit into the budget beside so many tokens. */
    boolean fitsBeside(int others) {
        return !isCutOff && tokens + others <= budget;
    }

    /** The oldest message that was read, and is not part of a summary. */
    Message oldest() {
        return newestFirst.get(newestFirst.size() - 1);
    }

    /**
     * Where the messages are best cut: the oldest user message from which on they have at most so many tokens and half of the
     * bytes, else the newest.
     */
    Message cut(int mostTokens) {
        Message cut = null;
        int sum = 0;
        var kept = new HistoryBytes(mostBytes / 2);
        for (var message : newestFirst) {
            sum += TokenEstimate.of(message);
            if ((!kept.haveRoomFor(message) || sum > mostTokens) && cut != null) return cut;
            if (message.role() == Role.USER) cut = message;
        }
        return Objects.requireNonNullElseGet(cut, this::oldest);
    }

    /** Whether there is anything before a message that no summary stands for. */
    boolean hasMessagesBefore(Message message) {
        return isCutOff || !message.id().equals(oldest().id());
    }

    /** Leaves out what is older than this message. */
    ModelHistory from(Message oldest) {
        newestFirst.subList(newestFirst.indexOf(oldest) + 1, newestFirst.size()).clear();
        isCutOff = true;
        return this;
    }

    /** Oldest first. */
    public Future<List<HistoryMessage>> messages() {
        boolean isWhole = !isCutOff && summarised == null;
        return (isWhole ? Future.succeededFuture(List.<Message>of()) : systemMessages())
                .compose(systemMessages -> attached().map(attached -> selected(systemMessages, attached, isWhole)));
    }

    private Future<List<Message>> systemMessages() {
        return list(new PageRequest(null, PAGE_SIZE, Order.ASC, HistoryBytes.PIECE))
                .map(page -> page.items().stream()
                        .filter(message -> message.role() == Role.SYSTEM)
                        .filter(message ->
                                newestFirst.stream().noneMatch(kept -> kept.id().equals(message.id())))
                        .toList());
    }

    // Only what belongs to the provider that is asked now.
    private Future<Map<UUID, Attached>> attached() {
        var answers = newestFirst.stream()
                .filter(message -> message.role() == Role.ASSISTANT)
                .collect(Collectors.toMap(Message::id, message -> message));
        var provider = turn.provider();
        if (provider == null || answers.isEmpty()) return Future.succeededFuture(Map.of());
        var query = new Messages.FindProviderStates(caller, List.copyOf(answers.keySet()), provider);
        return bus.ask(Messages.PROVIDER_STATES, query)
                .map(found -> found.items().stream()
                        .collect(Collectors.toMap(
                                MessageState::messageId,
                                item -> new Attached(
                                        item.state(),
                                        Objects.requireNonNull(answers.get(item.messageId()))
                                                .reasoning()))));
    }

    private Future<Page<Message>> list(PageRequest request) {
        var conversation = turn.conversationId();
        return isElsewhere
                ? bus.ask(Messages.BRANCH, new Messages.ListBranch(caller, conversation, leaf, request))
                : bus.ask(
                        Messages.LIST_CONVERSATION,
                        new Messages.ListConversation(caller, conversation, Which.CURRENT_BRANCH, request));
    }

    private List<HistoryMessage> selected(List<Message> systemMessages, Map<UUID, Attached> attached, boolean isWhole) {
        var selected = new ArrayList<HistoryMessage>();
        for (var message : systemMessages) selected.add(new HistoryMessage(message, null));
        int first = selected.size();
        for (int at = newestFirst.size() - 1; at >= 0; at--) {
            var message = newestFirst.get(at);
            // A result at the beginning belongs to a call that did not fit.
            boolean isLoose = !isWhole && selected.size() == first && message.role() == Role.TOOL;
            if (!isLoose) selected.add(new HistoryMessage(message, attached.get(message.id())));
        }
        return selected;
    }
}
