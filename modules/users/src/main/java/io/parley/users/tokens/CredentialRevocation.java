package io.parley.users.tokens;

import io.parley.contracts.audit.SecurityEvent;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** Revokes tokens and grants of programs. Their ids are added to those of ended sessions, which gateways refuse. */
final class CredentialRevocation {
    private final Database database;
    private final String table;
    private final String idName;

    /** @param idName the name of its ids in security events */
    CredentialRevocation(Database database, String table, String idName) {
        this.database = database;
        this.table = table;
        this.idName = idName;
    }

    /**
     * Revokes those of the user that meet the condition.
     *
     * @param event is recorded for each, with its id
     */
    Future<List<UUID>> end(UUID userId, String condition, Parameters parameters, SecurityEvent event) {
        return database.query("""
                    WITH gone AS (
                        DELETE FROM %s WHERE user_id = #{user_id} AND %s RETURNING user_id, id),
                    ended AS (
                        INSERT INTO ended_sessions (user_id, session_id)
                        SELECT user_id, id FROM gone
                        ON CONFLICT DO NOTHING)
                    SELECT id FROM gone
                    """.formatted(table, condition), row -> Rows.uuid(row, "id"))
                .recording(id -> List.of(event.with(idName, id.toString())))
                .list(parameters.and("user_id", userId));
    }
}
