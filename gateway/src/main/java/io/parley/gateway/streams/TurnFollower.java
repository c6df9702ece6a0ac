package io.parley.gateway.streams;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Chat.Events;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.kernel.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the events of one turn in their order: first those that are stored, then those that are published. An event that
 * arrives out of order, or while the reader cannot take it, is read again from where it is stored, so that no event is held
 * in memory here.
 */
final class TurnFollower {
    interface Reader {
        /** Whether it can take an event now. Once that changes to true, it must call {@link #catchUp}. */
        boolean isReady();

        void take(TurnEvent event);

        /** All events so far were delivered, and the turn goes on. */
        default void onCaughtUp() {}

        /** There are no further events. The failure is null if the last one was delivered. */
        void end(@Nullable Throwable failure);
    }

    private final TurnFeed feed;
    private final Caller caller;
    private final UUID turnId;
    private final Reader reader;
    private int lastNumber;
    private boolean isReading;
    private boolean isBehind;
    private boolean isClosed;

    /** @param lastNumber the number of the last event that the reader already has */
    TurnFollower(TurnFeed feed, Caller caller, UUID turnId, int lastNumber, Reader reader) {
        this.feed = feed;
        this.caller = caller;
        this.turnId = turnId;
        this.lastNumber = lastNumber;
        this.reader = reader;
    }

    UUID turnId() {
        return turnId;
    }

    void open() {
        feed.add(this);
        catchUp();
    }

    void close() {
        finish(null);
    }

    void receive(TurnEvent event) {
        if (isClosed || event.number() <= lastNumber) return;
        if (event.number() == lastNumber + 1 && !isReading && reader.isReady()) deliver(event);
        else catchUp();
    }

    /** Reads the stored events after the last one, such as one that was published without reaching this node. */
    void catchUp() {
        if (isClosed) return;
        isBehind = true;
        if (!isReading && reader.isReady()) read();
    }

    private void read() {
        isReading = true;
        isBehind = false;
        feed.bus()
                .ask(Chat.EVENTS, new Chat.ListEvents(caller, turnId, lastNumber))
                .onSuccess(this::deliver)
                .onFailure(this::finish);
    }

    private void deliver(Events events) {
        isReading = false;
        for (var event : events.events()) {
            if (isClosed) return;
            if (!reader.isReady()) {
                isBehind = true;
                return;
            }
            if (event.number() > lastNumber) deliver(event);
        }
        if (events.isOver()) finish(null);
        else if (events.more() || isBehind) catchUp();
        else reader.onCaughtUp();
    }

    private void deliver(TurnEvent event) {
        lastNumber = event.number();
        reader.take(event);
        if (event.type().isLast()) finish(null);
    }

    private void finish(@Nullable Throwable failure) {
        if (isClosed) return;
        isClosed = true;
        feed.remove(this);
        reader.end(failure);
    }
}
