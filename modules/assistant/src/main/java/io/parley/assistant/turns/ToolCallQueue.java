package io.parley.assistant.turns;

import io.parley.assistant.models.ToolCall;
import io.parley.assistant.tools.ToolContext;
import io.parley.assistant.tools.ToolRegistry;
import io.parley.assistant.turns.context.ToolOffer;
import io.parley.assistant.turns.storage.TurnEventWriter;
import io.parley.assistant.turns.storage.TurnMessages;
import io.parley.contracts.messages.Message;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** The tool calls of a turn that have no result yet. They run one after another. */
final class ToolCallQueue {
    private static final String NOT_RUN = "{\"error\":\"The turn ended before this tool was run.\"}";

    private static final String NOT_OFFERED = "{\"error\":\"There is no such tool.\"}";

    private final ToolOffer offer;
    private final ToolRegistry tools;
    private final ToolContext context;
    private final TurnMessages messages;
    private final TurnEventWriter events;
    private final Consumer<Message> onResult;
    private final Deque<Entry> calls = new ArrayDeque<>();

    /**
     * @param position in the calls of the message
     * @param byClient whether the program that asks runs it
     */
    private record Entry(ToolCall call, UUID messageId, int position, boolean byClient) {}

    /** @param onResult gets each result as it is stored */
    ToolCallQueue(
            ToolOffer offer,
            ToolRegistry tools,
            ToolContext context,
            TurnMessages messages,
            TurnEventWriter events,
            Consumer<Message> onResult) {
        this.offer = offer;
        this.tools = tools;
        this.context = context;
        this.messages = messages;
        this.events = events;
        this.onResult = onResult;
    }

    /**
     * @param message that has the calls
     * @param byClient those that the program that asks runs itself
     */
    void addAll(Message message, List<ToolCall> called, List<ToolCall> byClient) {
        for (int at = 0; at < called.size(); at++)
            calls.add(new Entry(called.get(at), message.id(), at, byClient.contains(called.get(at))));
    }

    /** Returns false if there is no call left. */
    Future<Boolean> runNext() {
        var next = calls.peek();
        if (next == null) return Future.succeededFuture(false);
        events.called(next.call(), next.messageId(), next.position(), next.byClient());
        if (next.byClient()) {
            calls.remove();
            return Future.succeededFuture(true);
        }
        return run(next.call()).compose(result -> finish(next, result)).map(true);
    }

    private Future<String> run(ToolCall call) {
        return offer.has(call.name()) ? tools.run(context, call) : Future.succeededFuture(NOT_OFFERED);
    }

    /** Gives the next call an error as its result, without running it. Returns false if there is no call left. */
    Future<Boolean> cancelNext() {
        while (!calls.isEmpty() && calls.peek().byClient()) calls.remove();
        var next = calls.peek();
        return next == null
                ? Future.succeededFuture(false)
                : finish(next, NOT_RUN).map(true);
    }

    private Future<Void> finish(Entry entry, String result) {
        return messages.storeResult(entry.call(), result).map(stored -> {
            calls.remove(entry);
            events.result(entry.call(), result);
            onResult.accept(stored);
            return null;
        });
    }
}
