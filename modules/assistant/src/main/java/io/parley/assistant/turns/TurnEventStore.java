package io.parley.assistant.turns;

import io.parley.contracts.assistant.Chat.Events;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.kernel.Futures;
import io.parley.kernel.Json;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.UUID;

/** The SQL of the table {@code turn_events}. */
public final class TurnEventStore {
    private static final int PAGE = 200;

    private final Query<Row> insert;
    private final Query<TurnEvent> list;
    private final Query<Row> forget;

    public TurnEventStore(Database database) {
        insert = database.statement("""
            INSERT INTO turn_events (turn_id, number, type, data)
            SELECT e.turn_id, e.number, e.type, e.data
              FROM unnest(#{turns}::uuid[], #{numbers}::int[], #{types}::text[], #{data}::text[])
                   AS e (turn_id, number, type, data)
             WHERE EXISTS (SELECT FROM turns t WHERE t.id = e.turn_id AND t.status = 'running')
            ON CONFLICT DO NOTHING
            """);
        list = database.statement("""
            SELECT turn_id, number, type, data
              FROM turn_events
             WHERE turn_id = #{turn_id} AND number > #{after}
             ORDER BY number
             LIMIT #{limit}
            """, TurnEventStore::event);
        forget = database.statement("""
            DELETE FROM turn_events
             WHERE (turn_id, number) IN (
                   SELECT turn_id, number FROM turn_events
                    WHERE created_at <= now() - interval '1 day'
                    ORDER BY created_at LIMIT 250 FOR UPDATE SKIP LOCKED)
            """);
    }

    /** Those of a day ago, to which nobody comes back. */
    public Future<Void> forget() {
        return Futures.whileTrue(() -> forget.run(Parameters.none()).map(gone -> gone > 0));
    }

    /** All of them or none, but for those of turns that have ended; again is as well as once. */
    Future<Integer> insert(List<TurnEvent> events) {
        return insert.run(Parameters.of(
                        "turns", events.stream().map(TurnEvent::turnId).toArray(UUID[]::new))
                .and("numbers", events.stream().map(TurnEvent::number).toArray(Integer[]::new))
                .and("types", events.stream().map(event -> event.type().name()).toArray(String[]::new))
                .and("data", events.stream().map(event -> event.data().text()).toArray(String[]::new)));
    }

    /** @param hasEnded whether the turn had, before these are read */
    Future<Events> list(UUID turnId, int after, boolean hasEnded) {
        return list.list(Parameters.of("turn_id", turnId).and("after", after).and("limit", PAGE + 1))
                .map(rows -> rows.size() > PAGE
                        ? new Events(List.copyOf(rows.subList(0, PAGE)), true, false)
                        : new Events(rows, false, hasEnded));
    }

    static TurnEvent event(Row row) {
        return new TurnEvent(
                Rows.uuid(row, "turn_id"),
                Rows.integer(row, "number"),
                TurnEvent.Type.valueOf(Rows.text(row, "type")),
                new Json(Rows.text(row, "data")));
    }
}
