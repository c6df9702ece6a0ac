package io.parley.assistant.turns.storage;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Turn;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Json;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.parley.storage.Conditions;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.storage.sealing.SealedTexts;
import io.parley.storage.sealing.Texts;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of the table {@code turns}. */
public final class TurnStore {
    private static final Map<String, Problem> CONSTRAINTS = Map.of(
            "fk_turns_conversation", Problem.notFound("conversation"),
            "ix_turns_user_id_conversation_id_running",
                    Problem.conflict(
                            "", "A turn of this conversation is still running. Wait for its end, or stop it."));

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
        var row = key.row()
                .and("conversation_id", turn.conversationId())
                .and("user_message_id", turn.userMessageId())
                .and("provider", turn.provider())
                .and("model", turn.model())
                .and("lease", LeaseStore.SECONDS);
        var asked = Texts.of("request", request == null ? null : request.text());
        return texts.isUsed(key.userId())
                .compose(used -> texts.add(asked, row, key.userId(), key.id(), used && request != null))
                .compose(this::insert)
                .recover(failure -> emptyIfStored(key, failure));
    }

    // Of two inserts of one turn at the same moment, one may meet the other in the index of running turns first, which
    // is no arbiter of
    // its ON CONFLICT.
    private Future<Optional<Turn>> emptyIfStored(TurnKey key, Throwable failure) {
        if (!(failure instanceof Problem problem) || problem.kind() != Problem.Kind.CONFLICT)
            return Future.failedFuture(failure);
        return database.query("SELECT id FROM turns WHERE user_id = #{user_id} AND id = #{id}")
                .one(key.row())
                .compose(stored ->
                        stored.isPresent() ? Future.succeededFuture(Optional.empty()) : Future.failedFuture(failure));
    }

    private Future<Optional<Turn>> insert(Parameters values) {
        return database.query("""
            INSERT INTO turns (id, conversation_id, user_id, user_message_id, provider, model, request, sealed, lease_until)
            VALUES (#{id}, #{conversation_id}, #{user_id}, #{user_message_id}, #{provider}, #{model},
                    #{request}::text::jsonb, #{sealed}::bytea,
                    now() + #{lease} * interval '1 second')
            ON CONFLICT (user_id, id) DO NOTHING
            RETURNING""" + " " + TurnRow.COLUMNS, TurnRow::turn)
                .translating(CONSTRAINTS)
                .one(values);
    }

    public Future<Turn> find(Caller caller, UUID id) {
        var row = database.query("SELECT " + TurnRow.COLUMNS + """
              FROM turns
             WHERE id = #{id} AND user_id = #{user_id}
            """, TurnRow::turn);
        return ownership.read(() -> row.one(rowOf(caller, id)), caller, id);
    }

    /** What a program has asked of the turn; empty if it was none. */
    public Future<Optional<Json>> request(TurnKey turn) {
        return database.query("""
            SELECT user_id, id, request::text AS request, sealed FROM turns
             WHERE user_id = #{user_id} AND id = #{id} AND (request IS NOT NULL OR sealed IS NOT NULL)
            """, row -> Rows.json(row, "request")).one(turn.row());
    }

    public Future<Page<Turn>> list(Chat.ListMine query) {
        var statuses = query.statuses().stream()
                .map(status -> status.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
        return new Listing<>(
                        database,
                        "SELECT " + TurnRow.COLUMNS + " FROM turns WHERE true",
                        List.of(),
                        "started_at",
                        "id",
                        TurnRow::turn,
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
        return database.query("SELECT " + TurnRow.COLUMNS + """
              FROM turns
             WHERE user_id = #{user_id} AND conversation_id = #{conversation_id}
               AND (user_message_id = #{user_message_id} OR id = #{id}) AND status <> 'running'
             ORDER BY started_at, id LIMIT 100
            """, TurnRow::turn)
                .list(TurnKey.of(answered)
                        .row()
                        .and("conversation_id", answered.conversationId())
                        .and("user_message_id", answered.userMessageId()));
    }

    /** The newest turn that answers a message. */
    public Future<Optional<Turn>> findAnswer(Chat.FindAnswer query) {
        return database.query("SELECT " + TurnRow.COLUMNS + """
              FROM turns
             WHERE user_id = #{user_id} AND conversation_id = #{conversation_id}
               AND user_message_id = #{user_message_id}
             ORDER BY started_at DESC, id DESC LIMIT 1
            """, TurnRow::turn)
                .one(Parameters.of("user_id", query.caller().userId())
                        .and("conversation_id", query.conversationId())
                        .and("user_message_id", query.messageId()));
    }

    /** Removes a turn that could not begin. */
    public Future<Integer> delete(TurnKey turn) {
        return database.query("DELETE FROM turns WHERE user_id = #{user_id} AND id = #{id}")
                .run(turn.row());
    }

    public Future<None> requestStop(Chat.Stop command) {
        return ownership.change(
                () -> database.query("""
            UPDATE turns SET stop_requested = true
             WHERE id = #{id} AND user_id = #{user_id}
            RETURNING id
            """, row -> None.NONE).one(rowOf(command.caller(), command.id())),
                command.caller(),
                command.id());
    }

    /** Stores the end and the last event together. Empty if the turn has ended already. */
    Future<Optional<Finished>> finish(TurnKey turn, TurnEnd end) {
        var row = turn.row()
                .and("status", end.status())
                .and("finish_reason", end.result().finishReason())
                .and("error_code", end.errorCode())
                .and("error", end.error())
                .and("usage", UsageJson.of(end.result().usage()))
                .and("type", end.type().name());
        return events.add(turn, end.type(), end.data(), row).compose(this::finish);
    }

    private Future<Optional<Finished>> finish(Parameters values) {
        return database.query(
                        """
            WITH ended AS (
                UPDATE turns
                   SET status = #{status}, finish_reason = #{finish_reason}, error_code = #{error_code},
                       error = #{error}, usage = #{usage}::text::jsonb, finished_at = now()
                 WHERE user_id = #{user_id} AND id = #{id} AND status = 'running'
                RETURNING""" + " " + TurnRow.COLUMNS + """
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
            """,
                        row -> new Finished(TurnRow.turn(row), Rows.integer(row, "number")))
                .one(values);
    }

    private static Parameters rowOf(Caller caller, UUID id) {
        return new TurnKey(caller.userId(), id).row();
    }
}
