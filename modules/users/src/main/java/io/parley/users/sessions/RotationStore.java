package io.parley.users.sessions;

import io.parley.contracts.users.Users.Client;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The SQL that exchanges refresh tokens. A spent token's {@code grace_until} says how long it is still answered with its
 * successor; null ends that.
 */
public final class RotationStore {
    private final Database database;

    public RotationStore(Database database) {
        this.database = database;
    }

    /** Empty if the used token is not a live one of this user's. No token outlives the last sign-in by more than a year. */
    Future<Optional<Opened>> rotate(UUID userId, RefreshToken used, RefreshToken next, Client client, Duration grace) {
        return database.query("""
                    WITH used AS (
                        UPDATE sessions s
                           SET revoked_at = now(), grace_until = now() + make_interval(secs => #{grace_seconds})
                          FROM users u
                         WHERE s.user_id = #{user_id} AND s.token_hash = #{used_hash}
                           AND s.revoked_at IS NULL AND s.expires_at > now()
                           AND u.id = s.user_id AND u.is_active
                           AND NOT EXISTS (SELECT FROM ended_sessions e
                                            WHERE e.user_id = #{user_id} AND e.session_id = s.family_id)
                        RETURNING s.family_id, s.created_at, s.signed_in_at),
                    next AS (
                        INSERT INTO sessions (id, user_id, token_hash, family_id, user_agent, ip, created_at, signed_in_at,
                                              expires_at)
                        SELECT #{id}, #{user_id}, #{token_hash}, family_id, #{user_agent}, #{ip}, created_at, signed_in_at,
                               least(now() + interval '30 days', signed_in_at + interval '1 year')
                          FROM used
                        RETURNING user_id, family_id)
                    SELECT user_id, family_id FROM next
                    """, SessionStore::opened)
                .one(SessionStore.newRow(next, client)
                        .and("user_id", userId)
                        .and("used_hash", used.hash())
                        .and("grace_seconds", grace.toMillis() / 1000.0));
    }

    /** Empty unless the used token was spent a moment ago for exactly this successor, and the successor is still unused. */
    Future<Optional<Opened>> findRepeated(UUID userId, RefreshToken used, RefreshToken next) {
        return database.query("""
                    SELECT s.user_id, s.family_id
                      FROM sessions s
                      JOIN sessions n ON n.user_id = #{user_id} AND n.family_id = s.family_id
                      JOIN users u ON u.id = s.user_id
                     WHERE s.user_id = #{user_id} AND s.token_hash = #{used_hash} AND s.grace_until > now()
                       AND n.token_hash = #{token_hash} AND n.revoked_at IS NULL AND n.expires_at > now()
                       AND u.is_active
                       AND NOT EXISTS (SELECT FROM ended_sessions e
                                        WHERE e.user_id = #{user_id} AND e.session_id = s.family_id)
                    """, SessionStore::opened)
                .one(Parameters.of("user_id", userId)
                        .and("used_hash", used.hash())
                        .and("token_hash", next.hash()));
    }
}
