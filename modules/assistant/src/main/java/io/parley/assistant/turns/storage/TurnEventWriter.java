package io.parley.assistant.turns.storage;

import io.parley.assistant.models.ToolCall;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.messages.Message;
import io.parley.kernel.Json;
import io.vertx.core.Future;
import java.util.UUID;

/** Numbers the events of one turn, except its last one, and adds them to the log. */
public final class TurnEventWriter {
    private record Started(UUID turnId, Message userMessage) {}

    private record Summarised(UUID upToMessageId) {}

    private record Called(String id, String name, String arguments, UUID messageId, int position, boolean byClient) {}

    private record Result(String toolCallId, Json result) {}

    private final TurnEventSink log;
    private final TurnKey turn;
    private int lastNumber;

    public TurnEventWriter(TurnEventSink log, TurnKey turn) {
        this.log = log;
        this.turn = turn;
    }

    public void started(Message userMessage) {
        add(TurnEvent.Type.TURN_STARTED, new Started(turn.id(), userMessage));
    }

    public void text(String text) {
        addDelta(TurnEvent.Type.CONTENT_DELTA, text);
    }

    public void reasoning(String text) {
        addDelta(TurnEvent.Type.REASONING_DELTA, text);
    }

    private void addDelta(TurnEvent.Type type, String text) {
        if (!log.appendToDelta(turn.id(), type, text)) log.addDelta(turn, ++lastNumber, type, text);
    }

    /** @param upTo the last message that the summary covers */
    public void summaryCreated(UUID upTo) {
        add(TurnEvent.Type.SUMMARY_CREATED, new Summarised(upTo));
    }

    /**
     * @param position in the calls of the message
     * @param byClient whether the program that asks runs it, so that no result follows
     */
    public void called(ToolCall call, UUID messageId, int position, boolean byClient) {
        add(
                TurnEvent.Type.TOOL_CALL,
                new Called(call.id(), call.name(), call.arguments(), messageId, position, byClient));
    }

    public void result(ToolCall call, String result) {
        add(TurnEvent.Type.TOOL_RESULT, new Result(call.id(), new Json(result)));
    }

    /** Succeeds when all events so far are stored and published. */
    public Future<Void> published() {
        return log.published();
    }

    private void add(TurnEvent.Type type, Record data) {
        log.add(turn, ++lastNumber, type, data);
    }
}
