package io.parley.assistant.turns.storage;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.assistant.TurnOutcome;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Siblings;
import io.parley.kernel.Bus;
import io.parley.kernel.Json;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/** A turn of which nothing is stored: its events and its outcome are published, and its messages are made in memory. */
public final class UnstoredTurn implements TurnEventSink, TurnEnding {
    private final Bus bus;
    private int lastNumber;

    public UnstoredTurn(Bus bus) {
        this.bus = bus;
    }

    /** What would have been stored. */
    public static Future<Message> message(Messages.Post post) {
        var draft = post.draft();
        var now = Instant.now();
        return Future.succeededFuture(new Message(
                Objects.requireNonNullElse(draft.id(), post.newId()),
                post.conversationId(),
                post.caller().userId(),
                draft.parentId(),
                draft.role(),
                draft.content(),
                draft.parts(),
                post.reasoning(),
                draft.tokenCount(),
                draft.model(),
                draft.toolCalls(),
                draft.toolResults(),
                draft.metadata() == null ? Json.EMPTY_OBJECT : draft.metadata(),
                Siblings.ALONE,
                null,
                now,
                now,
                null));
    }

    @Override
    public void add(TurnKey turn, int number, TurnEvent.Type type, Record data) {
        publish(turn.id(), number, type, TurnEventLog.json(data));
    }

    @Override
    public boolean appendToDelta(UUID turnId, TurnEvent.Type type, String text) {
        return false;
    }

    @Override
    public void addDelta(TurnKey turn, int number, TurnEvent.Type type, String text) {
        publish(turn.id(), number, type, TurnEventLog.delta(text));
    }

    private void publish(UUID turnId, int number, TurnEvent.Type type, Json data) {
        lastNumber = number;
        bus.publish(Chat.HAPPENED, new TurnEvent(turnId, number, type, data));
    }

    @Override
    public Future<Void> published() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> end(Turn turn, TurnEnd end) {
        var ended = new Turn(
                turn.id(),
                turn.conversationId(),
                turn.userId(),
                turn.userMessageId(),
                end.status(),
                turn.provider(),
                turn.model(),
                end.result().finishReason(),
                end.errorCode(),
                end.error(),
                end.result().usage(),
                turn.startedAt(),
                Instant.now());
        publish(turn.id(), lastNumber + 1, end.type(), end.at(null).data());
        bus.publish(Chat.ENDED, new TurnOutcome(ended, end.result().messages()));
        TurnCompletion.spend(bus, ended, end.result().usage());
        return Future.succeededFuture();
    }
}
