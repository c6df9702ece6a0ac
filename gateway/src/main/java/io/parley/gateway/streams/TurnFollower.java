package io.parley.gateway.streams;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Chat.Events;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.kernel.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The events of one turn in their order: those that happened before, then those that happen. What is told out of order,
 * or while nobody can take it, is read again where it is stored; so nothing waits in memory here.
 */
final class TurnFollower {
    /** Takes the events of a turn. */
    interface Reader {
        /** Whether it can take one now; once it can again, {@link #resume} is to be called. */
        boolean isReady();

        void take(TurnEvent event);

        /** There is no other for now. */
        default void await() {}

        /** There will be no more; nothing has failed where the last event was taken. */
        void end(@Nullable Throwable failure);
    }

    private final TurnFeed feed;
    private final Caller caller;
    private final UUID turnId;
    private final Reader reader;
    private int last;
    private boolean isReading;
    private boolean isBehind;
    private boolean isClosed;

    /** @param last the number of the last event that is known already */
    TurnFollower(TurnFeed feed, Caller caller, UUID turnId, int last, Reader reader) {
        this.feed = feed;
        this.caller = caller;
        this.turnId = turnId;
        this.last = last;
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

    void resume() {
        catchUp();
    }

    void hear(TurnEvent event) {
        if (isClosed || event.number() <= last) return;
        if (event.number() == last + 1 && !isReading && reader.isReady()) deliver(event);
        else catchUp();
    }

    /** Reads what is stored behind what is known, such as what a lost notice did not tell. */
    void catchUp() {
        if (isClosed) return;
        isBehind = true;
        if (!isReading && reader.isReady()) read();
    }

    private void read() {
        isReading = true;
        isBehind = false;
        feed.bus()
                .ask(Chat.EVENTS, new Chat.ListEvents(caller, turnId, last))
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
            if (event.number() > last) deliver(event);
        }
        if (events.isOver()) finish(null);
        else if (events.more() || isBehind) catchUp();
        else reader.await();
    }

    private void deliver(TurnEvent event) {
        last = event.number();
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
