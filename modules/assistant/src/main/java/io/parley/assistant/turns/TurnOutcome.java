package io.parley.assistant.turns;

import io.parley.contracts.assistant.Turn.Status;
import io.parley.contracts.assistant.Turn.Usage;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.messages.Message;
import io.parley.kernel.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a turn has ended, for whoever asks for it and for whoever hears its events.
 *
 * @param error why it failed; null unless it has
 * @param data of the last event
 */
record TurnOutcome(
        Status status, @Nullable String error, @Nullable Usage usage, TurnEvent.Type type, Json data) {
    private record Completed(
            List<Message> messages, @Nullable Usage usage) {}

    private record Failed(FailureReport problem, List<Message> messages) {}

    private record Cancelled(List<Message> messages) {}

    static TurnOutcome completed(List<Message> messages, @Nullable Usage usage) {
        var data = TurnEventLog.json(new Completed(messages, usage));
        return new TurnOutcome(Status.COMPLETED, null, usage, TurnEvent.Type.TURN_COMPLETED, data);
    }

    static TurnOutcome failed(FailureReport problem, List<Message> messages, @Nullable Usage usage) {
        var data = TurnEventLog.json(new Failed(problem, messages));
        return new TurnOutcome(Status.FAILED, problem.detail(), usage, TurnEvent.Type.TURN_FAILED, data);
    }

    static TurnOutcome cancelled(List<Message> messages, @Nullable Usage usage) {
        var data = TurnEventLog.json(new Cancelled(messages));
        return new TurnOutcome(Status.CANCELLED, null, usage, TurnEvent.Type.TURN_CANCELLED, data);
    }
}
