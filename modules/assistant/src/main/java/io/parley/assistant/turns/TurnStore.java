package io.parley.assistant.turns;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.contracts.assistant.Turn.Usage;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.kernel.Caller;
import io.parley.kernel.Json;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of the table {@code turns}. */
public final class TurnStore {
    /** Long enough for a database that is away for a moment, short enough to be found within a minute. */
    private static final int LEASE_SECONDS = 30;

    private static final String COLUMNS = """
        id, conversation_id, user_id, status, provider, model, error, (usage->>'prompt_tokens')::int AS prompt_tokens,
        (usage->>'completion_tokens')::int AS completion_tokens, started_at, finished_at
        """;

    private static final Map<String, Problem> CONSTRAINTS = Map.of(
            "fk_turns_conversation", Problem.notFound("conversation"),
            "ix_turns_conversation_id_running", Problem.conflict("", "A turn of this conversation is still running."));

    /** Of a turn that is run here. */
    record Beat(UUID id, boolean stopRequested) {}

    private final Query<Turn> insert;
    private final Query<Turn> find;
    private final Query<Beat> beat;
    private final Query<TurnEvent> finish;
    private final Query<Row> delete;
    private final Query<None> stop;
    private final Query<Turn> takeStale;
    private final Ownership ownership;

    public TurnStore(Database database) {
        insert = database.statement("""
            INSERT INTO turns (id, conversation_id, user_id, provider, model, lease_until)
            VALUES (#{id}, #{conversation_id}, #{user_id}, #{provider}, #{model}, now() + #{lease} * interval '1 second')
            ON CONFLICT (id) DO NOTHING
            RETURNING""" + " " + COLUMNS, TurnStore::turn).translating(CONSTRAINTS);
        find = database.statement("SELECT " + COLUMNS + """
              FROM turns
             WHERE id = #{id} AND user_id = #{user_id}
            """, TurnStore::turn);
        beat = database.statement("""
            UPDATE turns SET lease_until = now() + #{lease} * interval '1 second'
             WHERE id = ANY(#{ids}::uuid[]) AND status = 'running'
            RETURNING id, stop_requested
            """, row -> new Beat(Rows.uuid(row, "id"), Rows.flag(row, "stop_requested")));
        finish = database.statement("""
            WITH ended AS (
                UPDATE turns
                   SET status = #{status}, error = #{error}, usage = #{usage}::text::jsonb, finished_at = now()
                 WHERE id = #{id} AND status = 'running'
                RETURNING id)
            INSERT INTO turn_events (turn_id, number, type, data)
            SELECT id, 1 + (SELECT coalesce(max(number), 0) FROM turn_events WHERE turn_id = ended.id), #{type}, #{data}
              FROM ended
            RETURNING turn_id, number, type, data
            """, TurnEventStore::event);
        delete = database.statement("DELETE FROM turns WHERE id = #{id}");
        stop = database.statement("""
            UPDATE turns SET stop_requested = true
             WHERE id = #{id} AND user_id = #{user_id}
            RETURNING id
            """, row -> None.NONE);
        takeStale = database.statement("""
            UPDATE turns SET lease_until = now() + #{lease} * interval '1 second'
             WHERE id IN (SELECT id FROM turns WHERE status = 'running' AND lease_until < now()
                           ORDER BY lease_until LIMIT 10 FOR UPDATE SKIP LOCKED)
            RETURNING""" + " " + COLUMNS, TurnStore::turn);
        ownership = new Ownership(database, "turn", "SELECT user_id, true AS live FROM turns WHERE id = #{id}");
    }

    /** Nothing where there is one of this id already. */
    Future<Optional<Turn>> insert(Chat.Start command, @Nullable String provider, String model) {
        return insert.one(Parameters.of("id", command.turnId())
                .and("conversation_id", command.conversationId())
                .and("user_id", command.caller().userId())
                .and("provider", provider)
                .and("model", model)
                .and("lease", (double) LEASE_SECONDS));
    }

    Future<Turn> find(Caller caller, UUID id) {
        return find.one(own(caller, id)).compose(found -> ownership.require(found, caller, id));
    }

    /** One that never began. */
    Future<Integer> delete(UUID id) {
        return delete.run(Parameters.of("id", id));
    }

    Future<None> stop(Chat.Stop command) {
        return stop.one(own(command.caller(), command.id()))
                .compose(found -> ownership.require(found, command.caller(), command.id()));
    }

    /** Those that are still running; one that is missing has been given up by somebody else. */
    Future<List<Beat>> beat(List<UUID> ids) {
        return beat.list(Parameters.of("ids", ids.toArray(UUID[]::new)).and("lease", (double) LEASE_SECONDS));
    }

    /** Brings its last event; nothing where it has ended already. */
    Future<Optional<TurnEvent>> finish(UUID id, TurnOutcome outcome) {
        var usage = outcome.usage();
        return finish.one(Parameters.of("id", id)
                .and("status", outcome.status())
                .and("error", outcome.error())
                .and("usage", usage == null ? null : json(usage))
                .and("type", outcome.type().name())
                .and("data", outcome.data().text()));
    }

    /** Some that nobody runs any more; from now on the asker does. */
    Future<List<Turn>> takeStale() {
        return takeStale.list(Parameters.of("lease", (double) LEASE_SECONDS));
    }

    private static Json json(Usage usage) {
        return new Json("{\"prompt_tokens\":" + usage.promptTokens() + ",\"completion_tokens\":"
                + usage.completionTokens() + "}");
    }

    private static Parameters own(Caller caller, UUID id) {
        return Parameters.of("id", id).and("user_id", caller.userId());
    }

    private static Turn turn(Row row) {
        var prompt = Rows.nullableInteger(row, "prompt_tokens");
        var completion = Rows.nullableInteger(row, "completion_tokens");
        return new Turn(
                Rows.uuid(row, "id"),
                Rows.uuid(row, "conversation_id"),
                Rows.uuid(row, "user_id"),
                Rows.choice(row, "status", Status.class),
                Rows.nullableText(row, "provider"),
                Rows.text(row, "model"),
                Rows.nullableText(row, "error"),
                prompt == null || completion == null ? null : new Usage(prompt, completion),
                Rows.instant(row, "started_at"),
                Rows.nullableInstant(row, "finished_at"));
    }
}
