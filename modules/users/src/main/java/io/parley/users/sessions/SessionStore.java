package io.parley.users.sessions;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.users.Session;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users.Client;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.storage.Database;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.users.profile.Account;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The SQL of the tables {@code sessions} and {@code ended_sessions}. Each refresh token is a row; the rows of one sign-in
 * are a family, which users know as the session. A session is live if a row of its family is neither revoked nor expired
 * and the family is not in {@code ended_sessions}. That table decides if a rotation and an end happen at the same time.
 */
public final class SessionStore {
    private final Database database;
    private final Ownership ownership;

    public SessionStore(Database database) {
        this.database = database;
        this.ownership = new Ownership(
                database,
                "session",
                "SELECT user_id, false AS live FROM sessions WHERE family_id = #{id} GROUP BY user_id");
    }

    /**
     * Empty if the password or the activation has changed since the account was read. The lock makes a concurrent password
     * change wait, which then ends this session too; or this statement waits and sees the new password.
     */
    Future<Optional<Opened>> insert(Account account, RefreshToken token, Client client, String method) {
        return database.query("""
                    INSERT INTO sessions (id, user_id, token_hash, family_id, user_agent, ip, expires_at)
                    SELECT #{id}, #{user_id}, #{token_hash}, #{id}, #{user_agent}, #{ip}, now() + interval '30 days'
                      FROM users
                     WHERE id = #{user_id} AND password_hash IS NOT DISTINCT FROM #{password_hash} AND is_active
                       FOR SHARE
                    RETURNING user_id, family_id
                    """, SessionStore::opened)
                .recording(opened -> List.of(SecurityEvent.own(
                                SecurityEventType.SIGN_IN_SUCCEEDED,
                                opened.userId(),
                                new Origin(opened.familyId(), client))
                        .with("method", method)))
                .one(newRow(token, client)
                        .and("user_id", account.user().id())
                        .and("password_hash", account.passwordHash()));
    }

    /** Finds whose token it is; empty if it does not say so and is unknown. */
    Future<Optional<UUID>> findUser(RefreshToken token) {
        return token.mayBeWithoutUser() ? lookUpUser(token) : Future.succeededFuture(token.userId());
    }

    // The only lookup that cannot name the user.
    private Future<Optional<UUID>> lookUpUser(RefreshToken token) {
        return database.acrossUsers()
                .query(
                        "SELECT user_id FROM sessions WHERE token_hash = #{token_hash}",
                        row -> Rows.uuid(row, "user_id"))
                .one(Parameters.of("token_hash", token.hash()));
    }

    Future<List<Session>> list(Sessions.ListLive query) {
        return database.query("""
                    SELECT family_id, user_agent, ip, family_id = #{session_id} AS current, created_at, last_used_at,
                           expires_at
                      FROM sessions s
                     WHERE user_id = #{user_id} AND revoked_at IS NULL AND expires_at > now()
                       AND NOT EXISTS (SELECT FROM ended_sessions e
                                        WHERE e.user_id = #{user_id} AND e.session_id = s.family_id)
                     ORDER BY last_used_at DESC
                     LIMIT 200
                    """, SessionStore::session)
                .list(Parameters.of("user_id", query.caller().userId()).and("session_id", query.sessionId()));
    }

    Future<Boolean> isLive(Sessions.Check query) {
        return database.query("""
                    SELECT EXISTS (
                        SELECT FROM sessions s
                         WHERE user_id = #{user_id} AND family_id = #{session_id}
                           AND revoked_at IS NULL AND expires_at > now()
                           AND NOT EXISTS (SELECT FROM ended_sessions e
                                            WHERE e.user_id = #{user_id} AND e.session_id = s.family_id)) AS is_live
                    """, row -> Rows.flag(row, "is_live"))
                .only(Parameters.of("user_id", query.caller().userId()).and("session_id", query.sessionId()));
    }

    /** @param event what the end of each session stands for */
    Future<List<UUID>> endByToken(UUID userId, RefreshToken token, SecurityEvent event) {
        return end(
                "family_id IN (SELECT family_id FROM sessions WHERE user_id = #{user_id} AND token_hash = #{token_hash})",
                Parameters.of("user_id", userId).and("token_hash", token.hash()),
                event);
    }

    Future<List<UUID>> endOne(Sessions.End command) {
        return ownership.change(
                () -> end(
                                "family_id = #{id}",
                                Parameters.of("id", command.id())
                                        .and("user_id", command.caller().userId()),
                                SecurityEvent.own(
                                        SecurityEventType.SESSION_ENDED,
                                        command.caller().userId(),
                                        Origin.of(command.client())))
                        .map(ended -> ended.isEmpty() ? Optional.<List<UUID>>empty() : Optional.of(ended)),
                command.caller(),
                command.id());
    }

    Future<List<UUID>> endOthers(Caller caller, UUID keptSession) {
        return end(
                "family_id <> #{kept_session}",
                Parameters.of("user_id", caller.userId()).and("kept_session", keptSession),
                SecurityEvent.about(SecurityEventType.SESSION_ENDED, caller.userId(), null, Origin.LOCAL));
    }

    // Ends those of the user's sessions that meet the condition.
    private Future<List<UUID>> end(String condition, Parameters parameters, SecurityEvent event) {
        return database.query("""
                    WITH ended AS (
                        INSERT INTO ended_sessions (user_id, session_id)
                        SELECT user_id, family_id FROM sessions
                         WHERE user_id = #{user_id} AND revoked_at IS NULL AND %s
                        ON CONFLICT DO NOTHING
                        RETURNING session_id),
                    revoked AS (
                        UPDATE sessions SET revoked_at = now()
                         WHERE user_id = #{user_id} AND revoked_at IS NULL
                           AND family_id IN (SELECT session_id FROM ended))
                    SELECT session_id FROM ended
                    """.formatted(condition), SessionStore::sessionId)
                .recording(ended -> List.of(event.inSession(ended)))
                .list(parameters);
    }

    /** All users' sessions that ended within this time, on any node: every gateway rejects the access tokens of all. */
    public Future<Sessions.Ended> recentlyEnded(Sessions.Recent query) {
        return database.acrossUsers()
                .query("""
                    SELECT session_id FROM ended_sessions WHERE ended_at > now() - make_interval(secs => #{seconds})
                    """, SessionStore::sessionId)
                .list(Parameters.of("seconds", (double) query.within().toSeconds()))
                .map(Sessions.Ended::new);
    }

    static Parameters newRow(RefreshToken token, Client client) {
        return Parameters.of("id", Ids.next())
                .and("token_hash", token.hash())
                .and("user_agent", client.userAgent())
                .and("ip", client.ip());
    }

    static Opened opened(Row row) {
        return new Opened(row.getUUID("user_id"), row.getUUID("family_id"));
    }

    private static UUID sessionId(Row row) {
        return row.getUUID("session_id");
    }

    private static Session session(Row row) {
        return new Session(
                row.getUUID("family_id"),
                row.getString("user_agent"),
                row.getString("ip"),
                row.getBoolean("current"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "last_used_at"),
                Rows.instant(row, "expires_at"));
    }
}
