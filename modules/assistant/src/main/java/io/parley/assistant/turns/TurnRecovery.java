package io.parley.assistant.turns;

import io.parley.assistant.models.ToolCall;
import io.parley.assistant.turns.storage.ClientCalls;
import io.parley.assistant.turns.storage.FailureReport;
import io.parley.assistant.turns.storage.Incomplete;
import io.parley.assistant.turns.storage.ToolCallJson;
import io.parley.assistant.turns.storage.TurnCompletion;
import io.parley.assistant.turns.storage.TurnEnd;
import io.parley.assistant.turns.storage.TurnEventStore;
import io.parley.assistant.turns.storage.TurnKey;
import io.parley.assistant.turns.storage.TurnMessages;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.json.StrictJson;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.async.Futures;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a turn whose node has died: keeps the text that was published, and leaves no tool call without a result. If this
 * node dies as well, the next one continues.
 */
final class TurnRecovery {
    private static final Logger log = LoggerFactory.getLogger(TurnRecovery.class);
    private static final String UNKNOWN =
            "{\"error\":\"The server stopped. It is not known whether the tool was run.\"}";

    private final Turn turn;
    private final TurnEventStore events;
    private final TurnCompletion completion;
    private final TurnMessages messages;
    private final StringBuilder publishedText = new StringBuilder();
    private final StringBuilder lastReasoning = new StringBuilder();
    private final Deque<ToolCall> openCalls = new ArrayDeque<>();
    private int lastNumber;

    TurnRecovery(Vertx vertx, Bus bus, Turn turn, TurnEventStore events, TurnCompletion completion) {
        this.turn = turn;
        this.events = events;
        this.completion = completion;
        this.messages = new TurnMessages(vertx, bus, new Caller(turn.userId(), Caller.Role.USER), turn);
    }

    /** Succeeds when the turn has ended, or is left to a later attempt. */
    Future<Void> run() {
        log.info("Turn {} was abandoned by a node that died; ending it", turn.id());
        return Futures.loop(this::readEvents)
                .compose(read -> messages.load())
                .compose(loaded -> closeCalls())
                .compose(closed -> storeUnstoredText())
                .recover(incomplete -> Future.succeededFuture())
                .compose(stored -> end())
                .otherwise(failure -> {
                    log.warn("Turn {} could not be ended yet: {}", turn.id(), failure.getMessage());
                    return null;
                });
    }

    private Future<Boolean> readEvents() {
        return events.list(TurnKey.of(turn), lastNumber, false).map(page -> {
            page.events().forEach(this::read);
            return page.more();
        });
    }

    private void read(TurnEvent event) {
        lastNumber = event.number();
        switch (event.type()) {
            case CONTENT_DELTA -> publishedText.append(text(event));
            case REASONING_DELTA -> lastReasoning.append(text(event));
            case TOOL_CALL -> lastReasoning.setLength(0);
            default -> {}
        }
    }

    private static String text(TurnEvent delta) {
        return StrictJson.parse(Buffer.buffer(delta.data().text())).path("text").asText();
    }

    private Future<Void> closeCalls() {
        for (var message : messages.stored()) {
            openCalls.addAll(callsOf(message));
            if (message.role() == Role.TOOL) openCalls.poll();
        }
        return Futures.loop(this::closeNextCall);
    }

    /** Without those that the program that asked runs itself. */
    private static List<ToolCall> callsOf(Message message) {
        var byClient = ClientCalls.of(message);
        return ToolCallJson.calls(message.toolCalls()).stream()
                .filter(call -> !byClient.contains(call.id()))
                .toList();
    }

    private Future<Boolean> closeNextCall() {
        var call = openCalls.peek();
        if (call == null) return Future.succeededFuture(false);
        return messages.storeResult(call, UNKNOWN).map(stored -> openCalls.poll() != null);
    }

    private Future<Void> storeUnstoredText() {
        var text = unstoredText();
        return text.isBlank()
                ? Future.succeededFuture()
                : messages.storeIncomplete(text, lastReasoning.toString(), turn.model(), Incomplete.FAILED)
                        .mapEmpty();
    }

    // Messages may be stored before the last events of their text, so that only the lengths show which text is missing.
    private String unstoredText() {
        int stored = messages.stored().stream()
                .filter(message -> message.role() == Role.ASSISTANT && message.content() != null)
                .mapToInt(message -> String.valueOf(message.content()).length())
                .sum();
        return publishedText.substring(Math.min(stored, publishedText.length()));
    }

    private Future<Void> end() {
        var result = new TurnEnd.Result(messages.stored(), null, null);
        return completion.end(
                turn,
                hasAnswer(messages.stored())
                        ? TurnEnd.completed(result)
                        : TurnEnd.failed(FailureReport.ofDeadNode(), result));
    }

    private static boolean hasAnswer(List<Message> stored) {
        if (stored.isEmpty()) return false;
        var last = stored.get(stored.size() - 1);
        return last.role() == Role.ASSISTANT && callsOf(last).isEmpty() && !Incomplete.isBrokenOff(last);
    }
}
