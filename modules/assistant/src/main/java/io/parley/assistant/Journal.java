package io.parley.assistant;

import io.parley.contracts.assistant.Turn.Usage;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.messages.Message;
import io.parley.kernel.Json;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happens in one turn, numbered, in the words of its events. */
final class Journal {
    private record Started(UUID turnId, Message userMessage) {}

    private record Called(String id, String name, String arguments) {}

    private record Answered(String toolCallId, Json result) {}

    private record Completed(
            List<Message> messages, @Nullable Usage usage) {}

    private record Failed(FailureReport problem, List<Message> messages) {}

    private record Cancelled(List<Message> messages) {}

    private final EventLog log;
    private final UUID turnId;
    private int last;

    /** @param last the number of the last event that there is already */
    Journal(EventLog log, UUID turnId, int last) {
        this.log = log;
        this.turnId = turnId;
        this.last = last;
    }

    Future<Void> started(Message userMessage) {
        return add(TurnEvent.Type.TURN_STARTED, new Started(turnId, userMessage));
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

    Future<Void> completed(List<Message> messages, @Nullable Usage usage) {
        return add(TurnEvent.Type.TURN_COMPLETED, new Completed(messages, usage));
    }

    Future<Void> failed(FailureReport problem, List<Message> messages) {
        return add(TurnEvent.Type.TURN_FAILED, new Failed(problem, messages));
    }

    Future<Void> cancelled(List<Message> messages) {
        return add(TurnEvent.Type.TURN_CANCELLED, new Cancelled(messages));
    }

    private Future<Void> add(TurnEvent.Type type, Record data) {
        return log.add(new TurnEvent(turnId, ++last, type, EventLog.json(data)));
    }
}
