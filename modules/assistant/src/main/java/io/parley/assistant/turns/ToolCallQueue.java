package io.parley.assistant.turns;

import io.parley.assistant.models.ToolCall;
import io.parley.assistant.tools.ToolContext;
import io.parley.assistant.tools.ToolRegistry;
import io.parley.assistant.turns.storage.TurnEventWriter;
import io.parley.assistant.turns.storage.TurnMessages;
import io.parley.contracts.messages.Message;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** The tool calls of a turn that have no result yet. They run one after another. */
final class ToolCallQueue {
    private static final String NOT_RUN = "{\"error\":\"The turn ended before this tool was run.\"}";

    private final ToolRegistry tools;
    private final ToolContext context;
    private final TurnMessages messages;
    private final TurnEventWriter events;
    private final Consumer<Message> onResult;
    private final Deque<ToolCall> calls = new ArrayDeque<>();

    /** @param onResult gets each result as it is stored */
    ToolCallQueue(
            ToolRegistry tools,
            ToolContext context,
            TurnMessages messages,
            TurnEventWriter events,
            Consumer<Message> onResult) {
        this.tools = tools;
        this.context = context;
        this.messages = messages;
        this.events = events;
        this.onResult = onResult;
    }

    void addAll(List<ToolCall> called) {
        calls.addAll(called);
    }

    /** Returns false if there is no call left. */
    Future<Boolean> runNext() {
        var call = calls.peek();
        if (call == null) return Future.succeededFuture(false);
        events.called(call);
        return tools.run(context, call).compose(result -> finish(call, result)).map(true);
    }

    /** Gives the next call an error as its result, without running it. Returns false if there is no call left. */
    Future<Boolean> cancelNext() {
        var call = calls.peek();
        return call == null
                ? Future.succeededFuture(false)
                : finish(call, NOT_RUN).map(true);
    }

    private Future<Void> finish(ToolCall call, String result) {
        return messages.storeResult(call, result).map(stored -> {
            calls.remove(call);
            events.result(call, result);
            onResult.accept(stored);
            return null;
        });
    }
}
