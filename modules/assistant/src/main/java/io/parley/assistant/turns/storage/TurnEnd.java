package io.parley.assistant.turns.storage;

import io.parley.contracts.assistant.Turn.Status;
import io.parley.contracts.assistant.Turn.Usage;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.messages.Message;
import io.parley.kernel.Json;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a turn ends, before that is stored.
 *
 * @param error why it failed; null unless the status is failed
 * @param messages all messages that the turn has stored
 * @param type of its last event
 * @param data of its last event
 */
public record TurnEnd(
        Status status,
        @Nullable String error,
        @Nullable Usage usage,
        List<Message> messages,
        TurnEvent.Type type,
        Json data) {
    private record Completed(
            List<Message> messages, @Nullable Usage usage) {}

    private record Failed(FailureReport problem, List<Message> messages) {}

    private record Cancelled(List<Message> messages) {}

    public static TurnEnd completed(List<Message> messages, @Nullable Usage usage) {
        var data = TurnEventLog.json(new Completed(messages, usage));
        return new TurnEnd(Status.COMPLETED, null, usage, messages, TurnEvent.Type.TURN_COMPLETED, data);
    }

    public static TurnEnd failed(FailureReport problem, List<Message> messages, @Nullable Usage usage) {
        var data = TurnEventLog.json(new Failed(problem, messages));
        return new TurnEnd(Status.FAILED, problem.detail(), usage, messages, TurnEvent.Type.TURN_FAILED, data);
    }

    public static TurnEnd cancelled(List<Message> messages, @Nullable Usage usage) {
        var data = TurnEventLog.json(new Cancelled(messages));
        return new TurnEnd(Status.CANCELLED, null, usage, messages, TurnEvent.Type.TURN_CANCELLED, data);
    }

    /** The same end; its last event also has the {@code current_leaf} of the conversation, null if that is unknown. */
    TurnEnd at(@Nullable UUID currentLeaf) {
        var whole = data.text().substring(0, data.text().length() - 1) + ",\"current_leaf\":"
                + (currentLeaf == null ? "null" : '"' + currentLeaf.toString() + '"') + '}';
        return new TurnEnd(status, error, usage, messages, type, new Json(whole));
    }
}
