package io.parley.assistant.turns.storage;

import io.parley.assistant.turns.storage.TurnEventStore.UserEvent;
import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.json.JsonForm;
import io.parley.kernel.Bus;
import io.parley.kernel.Json;
import io.parley.kernel.async.Retry;
import io.parley.kernel.async.RetryPolicy;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the events of all turns that run here, then publishes them, so that no client sees an event that could still be lost.
 * Events that arrive during a statement are stored together by the next one: the busier the server, the fewer statements
 * each event costs.
 */
public final class TurnEventLog implements TurnEventSink {
    private static final Logger log = LoggerFactory.getLogger(TurnEventLog.class);

    private static final RetryPolicy UNTIL_STORED = RetryPolicy.forever(Duration.ofMillis(250));

    /** @param data JSON, or the text of a delta, to which more may be appended until it is stored */
    private record Entry(TurnKey turn, int number, TurnEvent.Type type, CharSequence data) {
        UserEvent event() {
            var text = data.toString();
            return new UserEvent(
                    turn.userId(), new TurnEvent(turn.id(), number, type, isDelta() ? delta(text) : new Json(text)));
        }

        private boolean isDelta() {
            return type == TurnEvent.Type.CONTENT_DELTA || type == TurnEvent.Type.REASONING_DELTA;
        }
    }

    private record OpenDelta(TurnEvent.Type type, StringBuilder text) {}

    private final Vertx vertx;
    private final Bus bus;
    private final TurnEventStore store;
    private final Map<UUID, OpenDelta> openDeltas = new HashMap<>();
    private List<Entry> waiting = new ArrayList<>();
    private Promise<Void> waitingPublished = Promise.promise();
    private Future<Void> lastPublished = Future.succeededFuture();
    private boolean isWriting;

    public TurnEventLog(Vertx vertx, Bus bus, TurnEventStore store) {
        this.vertx = vertx;
        this.bus = bus;
        this.store = store;
    }

    private record Delta(String text) {}

    static Json delta(String text) {
        return json(new Delta(text));
    }

    static Json json(Record data) {
        return new Json(JsonForm.write(data).toString());
    }

    @Override
    public void add(TurnKey turn, int number, TurnEvent.Type type, Record data) {
        openDeltas.remove(turn.id());
        add(new Entry(turn, number, type, json(data).text()));
    }

    @Override
    public boolean appendToDelta(UUID turnId, TurnEvent.Type type, String text) {
        var delta = openDeltas.get(turnId);
        if (delta == null || delta.type() != type) return false;
        delta.text().append(text);
        return true;
    }

    @Override
    public void addDelta(TurnKey turn, int number, TurnEvent.Type type, String text) {
        var delta = new OpenDelta(type, new StringBuilder(text));
        openDeltas.put(turn.id(), delta);
        add(new Entry(turn, number, type, delta.text()));
    }

    /** During an outage of the database, events are stored after it. */
    @Override
    public Future<Void> published() {
        return lastPublished;
    }

    private void add(Entry entry) {
        waiting.add(entry);
        lastPublished = waitingPublished.future();
        if (!isWriting) writeWaiting();
    }

    private void writeWaiting() {
        if (waiting.isEmpty()) return;
        isWriting = true;
        var batch = waiting.stream().map(Entry::event).toList();
        var published = waitingPublished;
        waiting = new ArrayList<>();
        openDeltas.clear();
        waitingPublished = Promise.promise();
        Retry.run(vertx, UNTIL_STORED, () -> insert(batch)).onSuccess(inserted -> publish(batch, published));
    }

    private Future<Integer> insert(List<UserEvent> batch) {
        return store.insert(batch)
                .onFailure(failure ->
                        log.warn("{} turn events could not be stored yet: {}", batch.size(), failure.getMessage()));
    }

    private void publish(List<UserEvent> batch, Promise<Void> published) {
        batch.forEach(each -> bus.publish(Chat.HAPPENED, each.event()));
        isWriting = false;
        published.complete();
        // A listener of that may have added events, which then are being written already.
        if (!isWriting) writeWaiting();
    }
}
