package io.parley.assistant.turns;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.json.JsonForm;
import io.parley.kernel.Bus;
import io.parley.kernel.Json;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what happens in the turns that run here, and then tells of it: nobody hears of what could be lost. What comes
 * while a statement is under way goes into the next one, so the more there is the fewer statements each takes.
 */
final class TurnEventLog {
    private static final Logger log = LoggerFactory.getLogger(TurnEventLog.class);
    private static final long PAUSE_MILLIS = 250;

    private record Delta(String text) {}

    private final Vertx vertx;
    private final Bus bus;
    private final TurnEventStore store;
    private final Map<UUID, StringBuilder> openDeltas = new HashMap<>();
    private List<Entry> pending = new ArrayList<>();
    private Promise<Void> told = Promise.promise();
    private Future<Void> settled = Future.succeededFuture();
    private boolean isWriting;

    private record Entry(UUID turnId, int number, TurnEvent.Type type, CharSequence data) {
        TurnEvent event() {
            var text = data.toString();
            return new TurnEvent(
                    turnId,
                    number,
                    type,
                    type == TurnEvent.Type.CONTENT_DELTA ? json(new Delta(text)) : new Json(text));
        }
    }

    TurnEventLog(Vertx vertx, Bus bus, TurnEventStore store) {
        this.vertx = vertx;
        this.bus = bus;
        this.store = store;
    }

    static Json json(Record data) {
        return new Json(JsonForm.write(data).toString());
    }

    void add(TurnEvent event) {
        openDeltas.remove(event.turnId());
        add(new Entry(event.turnId(), event.number(), event.type(), event.data().text()));
    }

    /** Whether the text became a part of the delta before it, which waits to be stored; else it needs one of its own. */
    boolean extend(UUID turnId, String text) {
        var open = openDeltas.get(turnId);
        if (open == null) return false;
        open.append(text);
        return true;
    }

    void addDelta(UUID turnId, int number, String text) {
        var open = new StringBuilder(text);
        openDeltas.put(turnId, open);
        add(new Entry(turnId, number, TurnEvent.Type.CONTENT_DELTA, open));
    }

    /** Succeeds when all that was added so far has been told. While the database is away that takes until it is back. */
    Future<Void> settled() {
        return settled;
    }

    private void add(Entry entry) {
        pending.add(entry);
        settled = told.future();
        if (!isWriting) write();
    }

    private void write() {
        if (pending.isEmpty()) return;
        isWriting = true;
        var batch = pending.stream().map(Entry::event).toList();
        var done = told;
        pending = new ArrayList<>();
        openDeltas.clear();
        told = Promise.promise();
        write(batch, done);
    }

    private void write(List<TurnEvent> batch, Promise<Void> done) {
        store.insert(batch)
                .onSuccess(stored -> {
                    batch.forEach(event -> bus.publish(Chat.HAPPENED, event));
                    isWriting = false;
                    done.complete();
                    if (!isWriting) write();
                })
                .onFailure(failure -> {
                    log.warn("Events of turns wait for the database: {}", failure.getMessage());
                    vertx.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS).onSuccess(passed -> write(batch, done));
                });
    }
}
