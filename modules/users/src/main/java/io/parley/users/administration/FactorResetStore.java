package io.parley.users.administration;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.kernel.Caller;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that takes all second factors from an account whose owner has lost them. */
final class FactorResetStore {
    private record Reset(boolean hadTotp, List<UUID> passkeys, List<UUID> ended) {}

    private final Database database;

    FactorResetStore(Database database) {
        this.database = database;
    }

    /**
     * Returns the sessions that end; empty if there is no such account, or the caller is no active administrator.
     *
     * @param caller null stands for the operator at the command line
     */
    Future<Optional<List<UUID>>> run(@Nullable Caller caller, UUID id, Origin origin) {
        return database.query("""
                    WITH allowed AS MATERIALIZED (
                        SELECT id FROM users
                         WHERE id = #{id}
                           AND (#{caller_id}::uuid IS NULL OR EXISTS (
                               SELECT FROM users a WHERE a.id = #{caller_id} AND a.role = 'admin' AND a.is_active))),
                    factors AS (
                        DELETE FROM second_factors f
                         USING allowed
                         WHERE f.user_id = #{id} AND f.user_id = allowed.id
                        RETURNING f.confirmed_at IS NOT NULL AS is_on),
                    removed AS (
                        DELETE FROM passkeys p
                         USING allowed
                         WHERE p.user_id = #{id} AND p.user_id = allowed.id
                        RETURNING p.id),
                    challenges AS (
                        DELETE FROM login_challenges c
                         USING allowed
                         WHERE c.user_id = #{id} AND c.user_id = allowed.id),
                    ended AS (
                        INSERT INTO ended_sessions (user_id, session_id)
                        SELECT s.user_id, s.family_id FROM sessions s JOIN allowed ON allowed.id = s.user_id
                         WHERE s.user_id = #{id} AND s.revoked_at IS NULL
                        ON CONFLICT DO NOTHING
                        RETURNING session_id)
                    SELECT EXISTS (SELECT FROM factors WHERE is_on) AS had_totp,
                           ARRAY(SELECT id FROM removed) AS passkeys,
                           ARRAY(SELECT session_id FROM ended) AS ended
                      FROM allowed
                    """, FactorResetStore::reset)
                .recording(reset -> events(reset, id, caller, origin))
                .one(Parameters.of("caller_id", caller == null ? null : caller.userId())
                        .and("id", id)
                        .actingFor(id))
                .map(found -> found.map(Reset::ended));
    }

    private static List<SecurityEvent> events(Reset reset, UUID id, @Nullable Caller caller, Origin origin) {
        var events = new ArrayList<SecurityEvent>();
        if (reset.hadTotp())
            events.add(SecurityEvent.about(SecurityEventType.MFA_DISABLED, id, caller, origin)
                    .with("method", "totp"));
        for (var passkey : reset.passkeys())
            events.add(SecurityEvent.about(SecurityEventType.PASSKEY_REMOVED, id, caller, origin)
                    .with("passkey_id", passkey.toString()));
        return events;
    }

    private static Reset reset(Row row) {
        return new Reset(
                Rows.flag(row, "had_totp"),
                List.of(row.getArrayOfUUIDs("passkeys")),
                List.of(row.getArrayOfUUIDs("ended")));
    }
}
