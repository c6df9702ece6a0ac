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
 * @param error why it failed; null unless the status is failed, as is the code
 * @param type of its last event
 * @param data of its last event
 */
public record TurnEnd(
        Status status,
        @Nullable String error,
        @Nullable String errorCode,
        Result result,
        TurnEvent.Type type,
        Json data) {

    /**
     * What there is to say of a turn however it ends.
     *
     * @param messages all messages that the turn has stored
     * @param finishReason of the last reply; null if it has none
     * @param usage of all requests; null if the provider reported none
     */
    public record Result(
            List<Message> messages,
            @Nullable String finishReason,
            @Nullable Usage usage) {}

    private record Completed(
            List<Message> messages,
            @Nullable Usage usage,
            @Nullable String finishReason) {}

    private record Failed(
            Problem problem,
            List<Message> messages,
            @Nullable String finishReason) {}

    private record Problem(String type, String title, int status, String detail) {}

    private record Cancelled(
            List<Message> messages, @Nullable String finishReason) {}

    public static TurnEnd completed(Result turn) {
        var data = TurnEventLog.json(new Completed(turn.messages(), turn.usage(), turn.finishReason()));
        return new TurnEnd(Status.COMPLETED, null, null, turn, TurnEvent.Type.TURN_COMPLETED, data);
    }

    public static TurnEnd failed(FailureReport report, Result turn) {
        var problem = new Problem(report.type(), report.title(), report.status(), report.detail());
        var data = TurnEventLog.json(new Failed(problem, turn.messages(), turn.finishReason()));
        return new TurnEnd(Status.FAILED, report.detail(), report.errorCode(), turn, TurnEvent.Type.TURN_FAILED, data);
    }

    public static TurnEnd cancelled(Result turn) {
        var data = TurnEventLog.json(new Cancelled(turn.messages(), turn.finishReason()));
        return new TurnEnd(Status.CANCELLED, null, null, turn, TurnEvent.Type.TURN_CANCELLED, data);
    }

    /** The same end; its last event also has the {@code current_leaf} of the conversation, null if that is unknown. */
    TurnEnd at(@Nullable UUID currentLeaf) {
        var whole = data.text().substring(0, data.text().length() - 1) + ",\"current_leaf\":"
                + (currentLeaf == null ? "null" : '"' + currentLeaf.toString() + '"') + '}';
        return new TurnEnd(status, error, errorCode, result, type, new Json(whole));
    }
}
