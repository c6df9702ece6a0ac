package io.parley.assistant.turns.storage;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Json;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.parley.kernel.async.Futures;
import io.parley.storage.Conditions;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.storage.sealing.SealedTexts;
import io.parley.storage.sealing.Texts;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of the table {@code turns}. */
public final class TurnStore {
    /** Outlasts a short outage of the database, but still lets another node find a dead node's turns within a minute. */
    private static final double LEASE_SECONDS = 30;

    private static final String COLUMNS = """
        id, conversation_id, user_id, user_message_id, status, provider, model, finish_reason, error_code, error,
        usage::text AS usage, started_at, finished_at
        """;

    private static final Map<String, Problem> CONSTRAINTS = Map.of(
            "fk_turns_conversation", Problem.notFound("conversation"),
            "ix_turns_user_id_conversation_id_running",
                    Problem.conflict(
                            "", "A turn of this conversation is still running. Wait for its end, or stop it."));

    /** A turn whose lease was extended. */
    public record Lease(UUID turnId, boolean isStopRequested) {}

    /** @param lastEvent the number of the event that was stored with the end */
    record Finished(Turn turn, int lastEvent) {}

    private final Database database;
    private final EventTexts events;
    private final SealedTexts texts;
    private final Ownership ownership;

    public TurnStore(Database database) {
        this.database = database.sealing("turns", "id");
        this.texts = new SealedTexts(this.database);
        this.events = new EventTexts(database);
        this.ownership = new Ownership(database, "turn", "SELECT user_id, true AS live FROM turns WHERE id = #{id}");
    }

    /**
     * A turn that is to begin.
     *
     * @param request what a program has asked for; null if none has
     */
    public record NewTurn(
            TurnKey key,
            UUID conversationId,
            UUID userMessageId,
            @Nullable String provider,
            String model,
            @Nullable Json request) {
        public NewTurn(TurnKey key, UUID conversationId, UUID userMessageId, @Nullable String provider, String model) {
            this(key, conversationId, userMessageId, provider, model, null);
        }
    }

    /** Empty if there is a turn with this id already. */
    public Future<Optional<Turn>> insert(NewTurn turn) {
        var key = turn.key();
        var request = turn.request();
        var row = rowOf(key)
                .and("conversation_id", turn.conversationId())
                .and("user_message_id", turn.userMessageId())
                .and("provider", turn.provider())
                .and("model", turn.model())
                .and("lease", LEASE_SECONDS);
        var asked = Texts.of("request", request == null ? null : request.text());
        return texts.isUsed(key.userId())
                .compose(used -> texts.add(asked, row, key.userId(), key.id(), used && request != null))
                .compose(this::insert);
    }

    private Future<Optional<Turn>> insert(Parameters values) {
        return database.query("""
            INSERT INTO turns (id, conversation_id, user_id, user_message_id, provider, model, request, sealed, lease_until)
            VALUES (#{id}, #{conversation_id}, #{user_id}, #{user_message_id}, #{provider}, #{model},
                    #{request}::text::jsonb, #{sealed}::bytea,
                    now() + #{lease} * interval '1 second')
            ON CONFLICT (user_id, id) DO NOTHING
            RETURNING""" + " " + COLUMNS, TurnStore::turn)
                .translating(CONSTRAINTS)
                .one(values);
    }

    public Future<Turn> find(Caller caller, UUID id) {
        var row = database.query("SELECT " + COLUMNS + """
              FROM turns
             WHERE id = #{id} AND user_id = #{user_id}
            """, TurnStore::turn);
        return ownership.read(() -> row.one(rowOf(caller, id)), caller, id);
    }

    /** What a program has asked of the turn; empty if it was none. */
    public Future<Optional<Json>> request(TurnKey turn) {
        return database.query("""
            SELECT user_id, id, request::text AS request, sealed FROM turns
             WHERE user_id = #{user_id} AND id = #{id} AND (request IS NOT NULL OR sealed IS NOT NULL)
            """, row -> Rows.json(row, "request")).one(rowOf(turn));
    }

    public Future<Page<Turn>> list(Chat.ListMine query) {
        var statuses = query.statuses().stream()
                .map(status -> status.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
        return new Listing<>(
                        database,
                        "SELECT " + COLUMNS + " FROM turns WHERE true",
                        List.of(),
                        "started_at",
                        "id",
                        TurnStore::turn,
                        turn -> new Cursor(turn.startedAt(), turn.id()))
                .page(
                        Conditions.of(
                                        "user_id = #{user_id}",
                                        "user_id",
                                        query.caller().userId())
                                .and("conversation_id = #{conversation_id}", "conversation_id", query.conversationId())
                                .and("status = ANY(#{statuses})", "statuses", statuses.length == 0 ? null : statuses),
                        query.page());
    }

    /** All turns that have answered the message of this one, oldest first. */
    public Future<List<Turn>> listAnswering(Turn answered) {
        return database.query("SELECT " + COLUMNS + """
              FROM turns
             WHERE user_id = #{user_id} AND conversation_id = #{conversation_id}
               AND (user_message_id = #{user_message_id} OR id = #{id}) AND status <> 'running'
             ORDER BY started_at, id LIMIT 100
            """, TurnStore::turn)
                .list(rowOf(TurnKey.of(answered))
                        .and("conversation_id", answered.conversationId())
                        .and("user_message_id", answered.userMessageId()));
    }

    /** The newest turn that answers a message. */
    public Future<Optional<Turn>> findAnswer(Chat.FindAnswer query) {
        return database.query("SELECT " + COLUMNS + """
              FROM turns
             WHERE user_id = #{user_id} AND conversation_id = #{conversation_id}
               AND user_message_id = #{user_message_id}
             ORDER BY started_at DESC, id DESC LIMIT 1
            """, TurnStore::turn)
                .one(Parameters.of("user_id", query.caller().userId())
                        .and("conversation_id", query.conversationId())
                        .and("user_message_id", query.messageId()));
    }

    /** Removes a turn that could not begin. */
    public Future<Integer> delete(TurnKey turn) {
        return database.query("DELETE FROM turns WHERE user_id = #{user_id} AND id = #{id}")
                .run(rowOf(turn));
    }

    public Future<None> requestStop(Chat.Stop command) {
        return database.query("""
            UPDATE turns SET stop_requested = true
             WHERE id = #{id} AND user_id = #{user_id}
            RETURNING id
            """, row -> None.NONE)
                .one(rowOf(command.caller(), command.id()))
                .compose(found -> ownership.require(found, command.caller(), command.id()));
    }

    /** Returns those that are still running. A missing one was ended by another node. */
    public Future<List<Lease>> extendLeases(List<TurnKey> turns) {
        var extended = turns.stream().map(this::extendLease).toList();
        return Future.all(extended)
                .map(all -> all.<Optional<Lease>>list().stream()
                        .flatMap(Optional::stream)
                        .toList());
    }

    private Future<Optional<Lease>> extendLease(TurnKey turn) {
        return database.query("""
            UPDATE turns SET lease_until = now() + #{lease} * interval '1 second'
             WHERE user_id = #{user_id} AND id = #{id} AND status = 'running'
            RETURNING id, stop_requested
            """, row -> new Lease(Rows.uuid(row, "id"), Rows.flag(row, "stop_requested")))
                .one(rowOf(turn).and("lease", LEASE_SECONDS));
    }

    /** Stores the end and the last event together. Empty if the turn has ended already. */
    Future<Optional<Finished>> finish(TurnKey turn, TurnEnd end) {
        var row = rowOf(turn)
                .and("status", end.status())
                .and("finish_reason", end.result().finishReason())
                .and("error_code", end.errorCode())
                .and("error", end.error())
                .and("usage", UsageJson.of(end.result().usage()))
                .and("type", end.type().name());
        return events.add(turn, end.type(), end.data(), row).compose(this::finish);
    }

    private Future<Optional<Finished>> finish(Parameters values) {
        return database.query("""
            WITH ended AS (
                UPDATE turns
                   SET status = #{status}, finish_reason = #{finish_reason}, error_code = #{error_code},
                       error = #{error}, usage = #{usage}::text::jsonb, finished_at = now()
                 WHERE user_id = #{user_id} AND id = #{id} AND status = 'running'
                RETURNING""" + " " + COLUMNS + """
            ), last AS (
                INSERT INTO turn_events (user_id, turn_id, number, type, data, sealed)
                SELECT user_id, id,
                       1 + (SELECT coalesce(max(number), 0)
                              FROM turn_events WHERE user_id = #{user_id} AND turn_id = #{id}),
                       #{type}, #{data}, #{sealed}::bytea
                  FROM ended
                RETURNING number)
            SELECT id, conversation_id, user_id, user_message_id, status, provider, model, finish_reason, error_code,
                   error, usage, started_at, finished_at, number
              FROM ended, last
            """, row -> new Finished(turn(row), Rows.integer(row, "number")))
                .one(values);
    }

    /** Ends the leases of all turns that are running. */
    public Future<Void> endLeases() {
        return Futures.loop(() -> leased().compose(this::endLeases));
    }

    private Future<List<TurnKey>> leased() {
        return database.acrossUsers().query("""
            SELECT user_id, id FROM turns WHERE status = 'running' AND lease_until > now() LIMIT 100
            """, TurnStore::key).list(Parameters.none());
    }

    private Future<Boolean> endLeases(List<TurnKey> turns) {
        return Future.all(turns.stream().map(this::endLease).toList()).map(ended -> !turns.isEmpty());
    }

    private Future<Integer> endLease(TurnKey turn) {
        return database.query("""
            UPDATE turns SET lease_until = now() WHERE user_id = #{user_id} AND id = #{id} AND status = 'running'
            """).run(rowOf(turn));
    }

    /** Takes over a few turns whose nodes have died. Of several nodes that try, one gets each turn. */
    public Future<List<Turn>> takeAbandoned() {
        return abandoned().compose(candidates -> {
            var taken = candidates.stream().map(this::take).toList();
            return Future.all(taken)
                    .map(all -> all.<Optional<Turn>>list().stream()
                            .flatMap(Optional::stream)
                            .toList());
        });
    }

    // Looks for candidates of all users without a lock.
    private Future<List<TurnKey>> abandoned() {
        return database.acrossUsers().query("""
            SELECT user_id, id FROM turns
             WHERE status = 'running' AND lease_until < now()
             ORDER BY lease_until LIMIT 10
            """, TurnStore::key).list(Parameters.none());
    }

    private static TurnKey key(Row row) {
        return new TurnKey(Rows.uuid(row, "user_id"), Rows.uuid(row, "id"));
    }

    private Future<Optional<Turn>> take(TurnKey turn) {
        return database.query("""
            UPDATE turns SET lease_until = now() + #{lease} * interval '1 second'
             WHERE user_id = #{user_id} AND id = #{id} AND status = 'running' AND lease_until < now()
            RETURNING""" + " " + COLUMNS, TurnStore::turn)
                .one(rowOf(turn).and("lease", LEASE_SECONDS));
    }

    private static Parameters rowOf(Caller caller, UUID id) {
        return rowOf(new TurnKey(caller.userId(), id));
    }

    private static Parameters rowOf(TurnKey turn) {
        return Parameters.of("id", turn.id()).and("user_id", turn.userId());
    }

    private static Turn turn(Row row) {
        return new Turn(
                Rows.uuid(row, "id"),
                Rows.uuid(row, "conversation_id"),
                Rows.uuid(row, "user_id"),
                userMessageId(row),
                Rows.choice(row, "status", Status.class),
                Rows.nullableText(row, "provider"),
                Rows.text(row, "model"),
                Rows.nullableText(row, "finish_reason"),
                Rows.nullableText(row, "error_code"),
                Rows.nullableText(row, "error"),
                UsageJson.read(Rows.nullableText(row, "usage")),
                Rows.instant(row, "started_at"),
                Rows.nullableInstant(row, "finished_at"));
    }

    // Turns that began before this was stored have stored the user's message themselves.
    private static UUID userMessageId(Row row) {
        var stored = row.getUUID("user_message_id");
        return stored == null ? Turn.messageId(Rows.uuid(row, "id"), 0) : stored;
    }
}
