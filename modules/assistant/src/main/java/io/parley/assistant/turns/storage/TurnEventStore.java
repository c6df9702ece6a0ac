package io.parley.assistant.turns.storage;

import io.parley.contracts.assistant.Chat.Events;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.kernel.Json;
import io.parley.kernel.async.Futures;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The SQL of the table {@code turn_events}. */
public final class TurnEventStore {
    private static final int PAGE_SIZE = 200;

    private final Database database;
    private final EventTexts texts;

    public TurnEventStore(Database database) {
        this.database = EventTexts.sealing(database);
        this.texts = new EventTexts(database);
    }

    /** An event, and whose it is. */
    record UserEvent(UUID userId, TurnEvent event) {}

    /**
     * Stores all events of a user or none, except those of turns that have ended. Storing them again has no effect. Without row-level
     * security one statement stores the events of several users, because it costs a busy server much less than one for each turn;
     * each row is joined with its own turn.
     */
    Future<Integer> insert(List<UserEvent> events) {
        if (!database.isSecured()) return insert(events, null);
        var byUser = events.stream().collect(Collectors.groupingBy(UserEvent::userId));
        return Future.all(byUser.entrySet().stream()
                        .map(user -> insert(user.getValue(), user.getKey()))
                        .toList())
                .map(all ->
                        all.<Integer>list().stream().mapToInt(Integer::intValue).sum());
    }

    /** @param user of all these events; null if they are of several */
    private Future<Integer> insert(List<UserEvent> events, @Nullable UUID user) {
        return texts.seal(events).compose(bytes -> insert(events, bytes, user));
    }

    private Future<Integer> insert(List<UserEvent> events, List<Optional<Buffer>> sealed, @Nullable UUID user) {
        return database.query("""
            INSERT INTO turn_events (user_id, turn_id, number, type, data, sealed)
            SELECT e.user_id, e.turn_id, e.number, e.type, e.data, e.sealed
              FROM unnest(#{users}::uuid[], #{turns}::uuid[], #{numbers}::int[], #{types}::text[], #{data}::text[],
                          #{sealed}::bytea[])
                   AS e (user_id, turn_id, number, type, data, sealed)
              JOIN turns t ON t.user_id = e.user_id AND t.id = e.turn_id
             WHERE t.user_id = ANY(#{users}::uuid[]) AND t.status = 'running'
            ON CONFLICT DO NOTHING
            """)
                .run(Parameters.of("users", column(events, UserEvent::userId, UUID[]::new))
                        .and("turns", column(events, each -> each.event().turnId(), UUID[]::new))
                        .and("numbers", column(events, each -> each.event().number(), Integer[]::new))
                        .and("types", column(events, each -> each.event().type().name(), String[]::new))
                        .and("data", clear(events, sealed))
                        .and(
                                "sealed",
                                sealed.stream().map(each -> each.orElse(null)).toArray(Buffer[]::new))
                        .actingFor(user));
    }

    private static @Nullable String[] clear(List<UserEvent> events, List<Optional<Buffer>> sealed) {
        return IntStream.range(0, events.size())
                .mapToObj(at -> sealed.get(at).isPresent()
                        ? null
                        : events.get(at).event().data().text())
                .toArray(String[]::new);
    }

    private static <T> T[] column(List<UserEvent> events, Function<UserEvent, T> value, IntFunction<T[]> array) {
        return events.stream().map(value).toArray(array);
    }

    /** @param hasEnded whether the turn had ended before this query */
    public Future<Events> list(TurnKey turn, int after, boolean hasEnded) {
        return database.query("""
            SELECT user_id, turn_id, number, type, data, sealed,\s""" + EventTexts.PLACE + " " + """
              FROM turn_events
             WHERE user_id = #{user_id} AND turn_id = #{turn_id} AND number > #{after}
             ORDER BY number
             LIMIT #{limit}
            """, TurnEventStore::event)
                .list(rowsOf(turn).and("after", after).and("limit", PAGE_SIZE + 1))
                .map(rows -> rows.size() > PAGE_SIZE
                        ? new Events(List.copyOf(rows.subList(0, PAGE_SIZE)), true, false)
                        : new Events(rows, false, hasEnded));
    }

    public Future<Optional<TurnEvent>> last(TurnKey turn) {
        return database.query("""
            SELECT user_id, turn_id, number, type, data, sealed,\s""" + EventTexts.PLACE + " " + """
              FROM turn_events
             WHERE user_id = #{user_id} AND turn_id = #{turn_id}
             ORDER BY number DESC
             LIMIT 1
            """, TurnEventStore::event)
                .one(rowsOf(turn));
    }

    /** Deletes the events that are older than a day, a few at a time. */
    public Future<Void> deleteOld() {
        return Futures.loop(() -> deleteSomeOld().map(deleted -> deleted > 0));
    }

    // Looks for candidates of all users without a lock; each turn's are removed by a statement of their own.
    private Future<Integer> deleteSomeOld() {
        return database.acrossUsers()
                .query("""
            SELECT DISTINCT user_id, turn_id
              FROM (SELECT user_id, turn_id FROM turn_events
                     WHERE created_at <= now() - interval '1 day'
                     ORDER BY created_at LIMIT 250) AS old
            """, row -> new TurnKey(Rows.uuid(row, "user_id"), Rows.uuid(row, "turn_id")))
                .list(Parameters.none())
                .compose(turns -> {
                    Future<Integer> deleted = Future.succeededFuture(0);
                    for (var turn : turns)
                        deleted = deleted.compose(before -> deleteOld(turn).map(rows -> before + rows));
                    return deleted;
                });
    }

    private Future<Integer> deleteOld(TurnKey turn) {
        return database.query("""
            DELETE FROM turn_events
             WHERE user_id = #{user_id} AND turn_id = #{turn_id} AND created_at <= now() - interval '1 day'
            """).run(rowsOf(turn));
    }

    private static Parameters rowsOf(TurnKey turn) {
        return Parameters.of("user_id", turn.userId()).and("turn_id", turn.id());
    }

    private static TurnEvent event(Row row) {
        return new TurnEvent(
                Rows.uuid(row, "turn_id"),
                Rows.integer(row, "number"),
                TurnEvent.Type.valueOf(Rows.text(row, "type")),
                new Json(Rows.text(row, "data")));
    }
}
