package io.parley.assistant.turns;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.assistant.turns.storage.TurnEventStore;
import io.parley.assistant.turns.storage.TurnKey;
import io.parley.assistant.turns.storage.TurnMessages;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.assistant.TurnOutcome;
import io.parley.contracts.messages.Message;
import io.parley.json.JsonForm;
import io.parley.json.StrictJson;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Reads the outcomes of turns that have ended. */
final class TurnOutcomes {
    private record Stored(List<Message> messages) {}

    private final Vertx vertx;
    private final Bus bus;
    private final TurnEventStore events;

    TurnOutcomes(Vertx vertx, Bus bus, TurnEventStore events) {
        this.vertx = vertx;
        this.bus = bus;
        this.events = events;
    }

    /** The messages as they were at the end of the turn. After a day, when its events are deleted, as they are now. */
    Future<TurnOutcome> of(Caller caller, Turn turn) {
        return events.last(TurnKey.of(turn))
                .compose(last ->
                        last.isPresent() ? Future.succeededFuture(messages(last.get())) : currentMessages(caller, turn))
                .map(messages -> new TurnOutcome(turn, messages));
    }

    private static List<Message> messages(TurnEvent last) {
        var data = StrictJson.parse(Buffer.buffer(last.data().text()));
        var messages = JsonNodeFactory.instance.objectNode().set("messages", data.path("messages"));
        return JsonForm.bind(messages, Stored.class).messages();
    }

    private Future<List<Message>> currentMessages(Caller caller, Turn turn) {
        var messages = new TurnMessages(vertx, bus, caller, turn);
        return messages.load().map(loaded -> messages.stored());
    }
}
