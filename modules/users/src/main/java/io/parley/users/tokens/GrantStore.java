package io.parley.users.tokens;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.tokens.Grant;
import io.parley.contracts.tokens.Grants;
import io.parley.contracts.users.Users.Client;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Ids;
import io.parley.kernel.Page;
import io.parley.kernel.access.Scope;
import io.parley.kernel.crypto.UserToken;
import io.parley.storage.Conditions;
import io.parley.storage.Database;
import io.parley.storage.Listing;
import io.parley.storage.Ownership;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.users.sessions.ExpiredRows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of the table {@code oauth_grants}, except for the exchange of codes and tokens and their use. */
final class GrantStore {
    static final String GRANT_ID = "grant_id";

    private final Database database;
    private final Ownership ownership;
    private final CredentialRevocation revocation;

    GrantStore(Database database) {
        this.database = database;
        this.ownership =
                new Ownership(database, "grant", "SELECT user_id, false AS live FROM oauth_grants WHERE id = #{id}");
        this.revocation = new CredentialRevocation(database, "oauth_grants", GRANT_ID);
    }

    /** How many are live, those included whose code waits to be redeemed. */
    Future<Integer> count(Caller caller) {
        return database.query("""
                    SELECT count(*)::int AS count
                      FROM oauth_grants
                     WHERE user_id = #{user_id} AND expires_at > now() AND ends_at > now()
                    """, row -> Rows.integer(row, "count")).only(Parameters.of("user_id", caller.userId()));
    }

    /** False if the account is no longer active. The lock makes its deactivation wait, which then ends this one too. */
    Future<Boolean> insert(Grants.Authorize command, UserToken code) {
        var userId = command.caller().userId();
        var scopes = command.scopes().stream().map(Scope::text).toList();
        return database.query("""
                    INSERT INTO oauth_grants (id, user_id, client_id, client_name, redirect_uri, scopes, code_hash,
                                              code_challenge, expires_at, ends_at)
                    SELECT #{id}, id, #{client_id}, #{client_name}, #{redirect_uri}, #{scopes}, #{code_hash},
                           #{code_challenge}, now() + make_interval(secs => #{seconds}), now() + interval '365 days'
                      FROM users
                     WHERE id = #{user_id} AND is_active
                       FOR SHARE
                    RETURNING id
                    """, row -> Rows.uuid(row, "id"))
                .recording(id -> List.of(SecurityEvent.own(SecurityEventType.TOKEN_CREATED, userId, command.origin())
                        .with(GRANT_ID, id.toString())
                        .with("client_id", command.clientId())
                        .with("scopes", scopes)))
                .one(Parameters.of("id", Ids.next())
                        .and("user_id", userId)
                        .and("client_id", command.clientId())
                        .and("client_name", command.clientName())
                        .and("redirect_uri", command.redirectUri())
                        .and("scopes", scopes.toArray(String[]::new))
                        .and("code_hash", TokenPair.hash(code))
                        .and("code_challenge", command.codeChallenge())
                        .and("seconds", (double) Grants.CODE_LIFETIME.toSeconds()))
                .map(Optional::isPresent);
    }

    Future<Page<Grant>> list(Grants.ListMine query) {
        return new Listing<>(
                        database,
                        """
                        SELECT id, client_id, client_name, scopes, created_at, last_used_at, least(expires_at, ends_at) AS expiry
                          FROM oauth_grants
                         WHERE redeemed_at IS NOT NULL AND expires_at > now() AND ends_at > now()""",
                        List.of(),
                        "created_at",
                        "id",
                        GrantStore::grant,
                        grant -> new Cursor(grant.createdAt(), grant.id()))
                .page(
                        Conditions.of(
                                "user_id = #{user_id}",
                                "user_id",
                                query.caller().userId()),
                        query.page());
    }

    Future<List<UUID>> end(Grants.End command) {
        var userId = command.caller().userId();
        return ownership.change(
                () -> revocation
                        .end(
                                userId,
                                "id = #{id}",
                                Parameters.of("id", command.id()),
                                SecurityEvent.own(SecurityEventType.TOKEN_REVOKED, userId, command.origin()))
                        .map(ended -> ended.isEmpty() ? Optional.<List<UUID>>empty() : Optional.of(ended)),
                command.caller(),
                command.id());
    }

    Future<List<UUID>> endAll(UUID userId) {
        return revocation.end(userId, "true", Parameters.none(), ended(userId, Origin.LOCAL));
    }

    /** Ends the grant whose code it is, if that has been redeemed. */
    Future<List<UUID>> endByUsedCode(UserToken code, Client client) {
        return revocation.end(
                code.userId(),
                "code_hash = #{code_hash} AND redeemed_at IS NOT NULL",
                Parameters.of("code_hash", TokenPair.hash(code)),
                ended(code.userId(), Origin.of(client)).with("reason", "code_reused"));
    }

    /** Ends the grant whose refresh token it is, if that has been spent. */
    Future<List<UUID>> endBySpentToken(UserToken used, Client client) {
        return revocation.end(
                used.userId(),
                """
                id IN (SELECT grant_id FROM oauth_tokens
                        WHERE user_id = #{user_id} AND refresh_hash = #{used_hash} AND spent_at IS NOT NULL)""",
                Parameters.of("used_hash", TokenPair.hash(used)),
                ended(used.userId(), Origin.of(client)).with("reason", "refresh_token_reused"));
    }

    Future<List<UUID>> endByToken(UserToken token, @Nullable String clientId, Client client) {
        return revocation.end(
                token.userId(),
                """
                (#{client_id}::text IS NULL OR client_id = #{client_id})
                           AND id IN (SELECT grant_id FROM oauth_tokens
                                       WHERE user_id = #{user_id}
                                         AND (refresh_hash = #{hash} OR access_hash = #{hash}))""",
                Parameters.of("client_id", clientId).and("hash", TokenPair.hash(token)),
                ended(token.userId(), Origin.of(client)));
    }

    private static SecurityEvent ended(UUID userId, Origin origin) {
        return SecurityEvent.about(SecurityEventType.TOKEN_REVOKED, userId, null, origin);
    }

    /** Returns the number of deleted rows: grants that have expired, and spent refresh tokens older than any live one. */
    Future<Integer> deleteExpired() {
        var expired = new ExpiredRows(database);
        return expired.delete(
                        "SELECT user_id, id FROM oauth_grants WHERE expires_at < now() ORDER BY expires_at LIMIT #{limit}",
                        "DELETE FROM oauth_grants WHERE user_id = #{user_id} AND id = ANY(#{ids}) AND expires_at < now()")
                .compose(grants -> expired.delete("""
                                SELECT user_id, id FROM oauth_tokens
                                 WHERE created_at < now() - interval '31 days' AND spent_at IS NOT NULL
                                 ORDER BY created_at
                                 LIMIT #{limit}
                                """, """
                                DELETE FROM oauth_tokens
                                 WHERE user_id = #{user_id} AND id = ANY(#{ids}) AND spent_at IS NOT NULL
                                """).map(tokens -> grants + tokens));
    }

    private static Grant grant(Row row) {
        return new Grant(
                Rows.uuid(row, "id"),
                Rows.text(row, "client_id"),
                Rows.text(row, "client_name"),
                TokenStore.scopes(row),
                Rows.instant(row, "created_at"),
                Rows.nullableInstant(row, "last_used_at"),
                Rows.instant(row, "expiry"));
    }
}
