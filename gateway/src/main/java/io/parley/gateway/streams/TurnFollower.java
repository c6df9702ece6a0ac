package io.parley.gateway.streams;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Chat.Events;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the events of one turn in their order: first those that are stored, then those that are published. An event that
 * arrives out of order, or while the reader cannot take it, is read again from where it is stored, so that no event is held
 * in memory here.
 */
public final class TurnFollower {
    /** Of the events of a turn that is not stored, which wait until the reader can take them. */
    private static final int MAX_WAITING_BYTES = 8 * 1024 * 1024;

    public interface Reader {
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
    /** Null if the events are stored, so that they can be read again. */
    private final @Nullable Queue<TurnEvent> waiting;

    private long waitingBytes;
    private int lastNumber;
    private boolean isReading;
    private boolean isBehind;
    private boolean isClosed;

    /** @param lastNumber the number of the last event that the reader already has */
    public TurnFollower(TurnFeed feed, Caller caller, UUID turnId, int lastNumber, Reader reader) {
        this(feed, caller, turnId, lastNumber, reader, null);
    }

    /** Follows a turn that is not stored, from its beginning. */
    public static TurnFollower unstored(TurnFeed feed, Caller caller, UUID turnId, Reader reader) {
        return new TurnFollower(feed, caller, turnId, 0, reader, new ArrayDeque<>());
    }

    private TurnFollower(
            TurnFeed feed,
            Caller caller,
            UUID turnId,
            int lastNumber,
            Reader reader,
            @Nullable Queue<TurnEvent> waiting) {
        this.waiting = waiting;
        this.feed = feed;
        this.caller = caller;
        this.turnId = turnId;
        this.lastNumber = lastNumber;
        this.reader = reader;
    }

    UUID turnId() {
        return turnId;
    }

    public void open() {
        feed.add(this);
        if (waiting == null) catchUp();
    }

    public void close() {
        finish(null);
    }

    void receive(TurnEvent event) {
        if (isClosed || event.number() <= lastNumber) return;
        if (waiting != null) {
            keep(event, waiting);
            return;
        }
        if (event.number() == lastNumber + 1 && !isReading && reader.isReady()) deliver(event);
        else catchUp();
    }

    /** Reads the stored events after the last one, such as one that was published without reaching this node. */
    public void catchUp() {
        if (isClosed) return;
        if (waiting != null) {
            deliver(waiting);
            return;
        }
        isBehind = true;
        if (!isReading && reader.isReady()) read();
    }

    private void keep(TurnEvent event, Queue<TurnEvent> events) {
        events.add(event);
        waitingBytes += event.data().text().length();
        deliver(events);
        if (waitingBytes > MAX_WAITING_BYTES) finish(Problem.overloaded());
    }

    private void deliver(Queue<TurnEvent> events) {
        while (!isClosed && !events.isEmpty() && reader.isReady()) {
            var event = events.remove();
            waitingBytes -= event.data().text().length();
            deliver(event);
        }
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
