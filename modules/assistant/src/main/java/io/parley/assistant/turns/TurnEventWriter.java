package io.parley.assistant.turns;

import io.parley.assistant.models.ToolCall;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.messages.Message;
import io.parley.kernel.Json;
import io.vertx.core.Future;
import java.util.UUID;

/** What happens in one turn before its end, numbered, in the words of its events. */
final class TurnEventWriter {
    private record Started(UUID turnId, Message userMessage) {}

    private record Called(String id, String name, String arguments) {}

    private record Answered(String toolCallId, Json result) {}

    private final TurnEventLog log;
    private final UUID turnId;
    private int last;

    TurnEventWriter(TurnEventLog log, UUID turnId) {
        this.log = log;
        this.turnId = turnId;
    }

    void started(Message userMessage) {
        add(TurnEvent.Type.TURN_STARTED, new Started(turnId, userMessage));
    }

    void delta(String text) {
        if (!log.extend(turnId, text)) log.addDelta(turnId, ++last, text);
    }

    void called(ToolCall call) {
        add(TurnEvent.Type.TOOL_CALL, new Called(call.id(), call.name(), call.arguments()));
    }

    void answered(ToolCall call, String result) {
        add(TurnEvent.Type.TOOL_RESULT, new Answered(call.id(), new Json(result)));
    }

    /** Succeeds when all that has happened so far has been told. */
    Future<Void> settled() {
        return log.settled();
    }

    private void add(TurnEvent.Type type, Record data) {
        log.add(new TurnEvent(turnId, ++last, type, TurnEventLog.json(data)));
    }
}
