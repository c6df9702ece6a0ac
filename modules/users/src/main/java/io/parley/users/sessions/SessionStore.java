package io.parley.users.sessions;

import io.parley.contracts.users.Session;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users.Client;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.None;
import io.parley.storage.Database;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.parley.storage.Query;
import io.parley.storage.Rows;
import io.parley.users.profile.Account;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The SQL of the tables {@code sessions} and {@code ended_sessions}. A session is live while a row of its family is
 * neither revoked nor expired and the family is not among the ended ones; the latter alone decides when a rotation and
 * an end meet.
 */
public final class SessionStore {
    record Opened(UUID userId, UUID familyId) {}

    private final Query<Opened> insert;
    private final Query<Opened> rotate;
    private final Query<Session> list;
    private final Query<UUID> endByToken;
    private final Query<UUID> endOne;
    private final Query<UUID> endOthers;
    private final Query<UUID> endedWithin;
    private final Query<None> forgetExpired;
    private final Ownership ownership;

    public SessionStore(Database database) {
        // The lock makes a change of the password wait, which then ends this session too, or this one see the change.
        insert = database.statement("""
            INSERT INTO sessions (id, user_id, token_hash, family_id, user_agent, ip, expires_at)
            SELECT #{id}, id, #{token_hash}, #{id}, #{user_agent}, #{ip}, now() + interval '30 days'
              FROM users
             WHERE id = #{user_id} AND password_hash = #{password_hash} AND is_active
               FOR SHARE
            RETURNING user_id, family_id
            """, SessionStore::opened);
        rotate = database.statement("""
            WITH spent AS (
                UPDATE sessions s
                   SET revoked_at = now()
                  FROM users u
                 WHERE s.token_hash = #{spent_hash} AND s.revoked_at IS NULL AND s.expires_at > now()
                   AND u.id = s.user_id AND u.is_active
                   AND NOT EXISTS (SELECT FROM ended_sessions e WHERE e.session_id = s.family_id)
                RETURNING s.user_id, s.family_id, s.created_at)
            INSERT INTO sessions (id, user_id, token_hash, family_id, user_agent, ip, created_at, expires_at)
            SELECT #{id}, user_id, #{token_hash}, family_id, #{user_agent}, #{ip}, created_at, now() + interval '30 days'
              FROM spent
            RETURNING user_id, family_id
            """, SessionStore::opened);
        list = database.statement("""
            SELECT family_id, user_agent, ip, family_id = #{session_id} AS current, created_at, last_used_at, expires_at
              FROM sessions s
             WHERE user_id = #{user_id} AND revoked_at IS NULL AND expires_at > now()
               AND NOT EXISTS (SELECT FROM ended_sessions e WHERE e.session_id = s.family_id)
             ORDER BY last_used_at DESC
             LIMIT 200
            """, SessionStore::session);
        endByToken = database.statement(
                end("family_id = (SELECT family_id FROM sessions WHERE token_hash = #{token_hash})"), SessionStore::id);
        endOne = database.statement(end("family_id = #{id} AND user_id = #{user_id}"), SessionStore::id);
        endOthers = database.statement(end("user_id = #{user_id} AND family_id <> #{kept}"), SessionStore::id);
        endedWithin = database.statement("""
            SELECT session_id FROM ended_sessions WHERE ended_at > now() - make_interval(secs => #{seconds})
            """, SessionStore::id);
        // An ended session is remembered for longer than any of its refresh tokens could live.
        forgetExpired = database.statement("""
            WITH expired AS (DELETE FROM sessions WHERE expires_at < now())
            DELETE FROM ended_sessions WHERE ended_at < now() - interval '31 days'
            """, row -> None.NONE);
        ownership = new Ownership(
                database, "session", "SELECT user_id, false AS live FROM sessions WHERE family_id = #{id} LIMIT 1");
    }

    private static String end(String which) {
        return """
            WITH ended AS (
                INSERT INTO ended_sessions (session_id)
                SELECT family_id FROM sessions WHERE revoked_at IS NULL AND\s""" + which + """

                ON CONFLICT DO NOTHING
                RETURNING session_id),
            revoked AS (
                UPDATE sessions SET revoked_at = now()
                 WHERE family_id IN (SELECT session_id FROM ended) AND revoked_at IS NULL)
            SELECT session_id FROM ended
            """;
    }

    /** Nothing where the account is not the one that was verified any more. */
    Future<Optional<Opened>> insert(Account account, RefreshToken token, Client client) {
        return insert.one(
                row(token, client).and("user_id", account.user().id()).and("password_hash", account.passwordHash()));
    }

    /** Nothing where the spent token is not a live one. */
    Future<Optional<Opened>> rotate(RefreshToken spent, RefreshToken next, Client client) {
        return rotate.one(row(next, client).and("spent_hash", spent.hash()));
    }

    Future<List<Session>> list(Sessions.ListLive query) {
        return list.list(Parameters.of("user_id", query.caller().userId()).and("session_id", query.sessionId()));
    }

    Future<List<UUID>> endByToken(RefreshToken token) {
        return endByToken.list(Parameters.of("token_hash", token.hash()));
    }

    Future<List<UUID>> endOne(Sessions.End command) {
        return endOne.list(Parameters.of("id", command.id())
                        .and("user_id", command.caller().userId()))
                .compose(ended -> ownership.require(
                        ended.isEmpty() ? Optional.empty() : Optional.of(ended), command.caller(), command.id()));
    }

    Future<List<UUID>> endOthers(Caller caller, UUID kept) {
        return endOthers.list(Parameters.of("user_id", caller.userId()).and("kept", kept));
    }

    Future<List<UUID>> endedWithin(Duration time) {
        return endedWithin.list(Parameters.of("seconds", (double) time.toSeconds()));
    }

    Future<Integer> forgetExpired() {
        return forgetExpired.run(Parameters.none());
    }

    private static Parameters row(RefreshToken token, Client client) {
        return Parameters.of("id", Ids.next())
                .and("token_hash", token.hash())
                .and("user_agent", client.userAgent())
                .and("ip", client.ip());
    }

    private static Opened opened(Row row) {
        return new Opened(row.getUUID("user_id"), row.getUUID("family_id"));
    }

    private static UUID id(Row row) {
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
