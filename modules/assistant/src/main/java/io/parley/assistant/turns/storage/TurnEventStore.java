package io.parley.assistant.turns.storage;

import io.parley.contracts.assistant.Chat.Events;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.kernel.Json;
import io.parley.kernel.async.Futures;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The SQL of the table {@code turn_events}. */
public final class TurnEventStore {
    private static final int PAGE_SIZE = 200;

    private final Database database;

    public TurnEventStore(Database database) {
        this.database = database;
    }

    /** Stores all events or none, except those of turns that have ended. Storing them again has no effect. */
    Future<Integer> insert(List<TurnEvent> events) {
        return database.query("""
            INSERT INTO turn_events (turn_id, number, type, data)
            SELECT e.turn_id, e.number, e.type, e.data
              FROM unnest(#{turns}::uuid[], #{numbers}::int[], #{types}::text[], #{data}::text[])
                   AS e (turn_id, number, type, data)
             WHERE EXISTS (SELECT FROM turns t WHERE t.id = e.turn_id AND t.status = 'running')
            ON CONFLICT DO NOTHING
            """)
                .run(Parameters.of(
                                "turns", events.stream().map(TurnEvent::turnId).toArray(UUID[]::new))
                        .and("numbers", events.stream().map(TurnEvent::number).toArray(Integer[]::new))
                        .and(
                                "types",
                                events.stream()
                                        .map(event -> event.type().name())
                                        .toArray(String[]::new))
                        .and(
                                "data",
                                events.stream()
                                        .map(event -> event.data().text())
                                        .toArray(String[]::new)));
    }

    /** @param hasEnded whether the turn had ended before this query */
    public Future<Events> list(UUID turnId, int after, boolean hasEnded) {
        return database.query("""
            SELECT turn_id, number, type, data
              FROM turn_events
             WHERE turn_id = #{turn_id} AND number > #{after}
             ORDER BY number
             LIMIT #{limit}
            """, TurnEventStore::event)
                .list(Parameters.of("turn_id", turnId).and("after", after).and("limit", PAGE_SIZE + 1))
                .map(rows -> rows.size() > PAGE_SIZE
                        ? new Events(List.copyOf(rows.subList(0, PAGE_SIZE)), true, false)
                        : new Events(rows, false, hasEnded));
    }

    public Future<Optional<TurnEvent>> last(UUID turnId) {
        return database.query("""
            SELECT turn_id, number, type, data
              FROM turn_events
             WHERE turn_id = #{turn_id}
             ORDER BY number DESC
             LIMIT 1
            """, TurnEventStore::event).one(Parameters.of("turn_id", turnId));
    }

    /** Deletes the events that are older than a day, a few at a time. */
    public Future<Void> deleteOld() {
        return Futures.loop(() -> deleteSomeOld().map(deleted -> deleted > 0));
    }

    private Future<Integer> deleteSomeOld() {
        return database.query("""
            DELETE FROM turn_events
             WHERE (turn_id, number) IN (
                   SELECT turn_id, number FROM turn_events
                    WHERE created_at <= now() - interval '1 day'
                    ORDER BY created_at LIMIT 250 FOR UPDATE SKIP LOCKED)
            """).run(Parameters.none());
    }

    private static TurnEvent event(Row row) {
        return new TurnEvent(
                Rows.uuid(row, "turn_id"),
                Rows.integer(row, "number"),
                TurnEvent.Type.valueOf(Rows.text(row, "type")),
                new Json(Rows.text(row, "data")));
    }
}
