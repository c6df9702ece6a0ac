package io.parley.users.tokens;

import io.parley.contracts.tokens.Grants;
import io.parley.kernel.Ids;
import io.parley.kernel.access.Scope;
import io.parley.kernel.crypto.UserToken;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The SQL that exchanges codes and refresh tokens. The grant's row is locked first, as it is by what ends it, so that the two do not wait
 * for each other.
 */
final class GrantTokenStore {
    private final Database database;

    /** @param secondsLeft of the access token */
    record Live(List<Scope> scopes, long secondsLeft) {}

    GrantTokenStore(Database database) {
        this.database = database;
    }

    /** Empty if the code is not a live one for this client, redirect URI and challenge. */
    Future<Optional<Live>> redeem(Grants.Redeem command, UserToken code, String challenge, TokenPair pair) {
        return database.query("""
                    WITH redeemed AS (
                        UPDATE oauth_grants g
                           SET redeemed_at = now(), expires_at = now() + interval '30 days'
                          FROM users u
                         WHERE g.user_id = #{user_id} AND g.code_hash = #{code_hash}
                           AND g.redeemed_at IS NULL AND g.expires_at > now()
                           AND g.client_id = #{client_id} AND g.code_challenge = #{code_challenge}
                           AND (#{redirect_uri}::text IS NULL OR g.redirect_uri = #{redirect_uri})
                           AND u.id = g.user_id AND u.is_active
                        RETURNING g.id, g.scopes),
                    issued AS (
                        INSERT INTO oauth_tokens (user_id, id, grant_id, refresh_hash, access_hash)
                        SELECT #{user_id}, #{id}, id, #{refresh_hash}, #{access_hash} FROM redeemed
                        RETURNING grant_id)
                    SELECT r.scopes, #{seconds}::bigint AS seconds_left FROM redeemed r JOIN issued i ON i.grant_id = r.id
                    """, GrantTokenStore::live)
                .one(newRow(pair)
                        .and("code_hash", TokenPair.hash(code))
                        .and("client_id", command.clientId())
                        .and("code_challenge", challenge)
                        .and("redirect_uri", command.redirectUri()));
    }

    /** Empty if the used token is not a live one of this client's. */
    Future<Optional<Live>> rotate(String clientId, UserToken used, TokenPair next, Duration grace) {
        return database.query("""
                    WITH kept AS (
                        UPDATE oauth_grants g SET expires_at = now() + interval '30 days'
                          FROM oauth_tokens t, users u
                         WHERE g.user_id = #{user_id} AND g.client_id = #{client_id}
                           AND g.expires_at > now() AND g.ends_at > now()
                           AND t.user_id = #{user_id} AND t.grant_id = g.id
                           AND t.refresh_hash = #{used_hash} AND t.spent_at IS NULL
                           AND u.id = g.user_id AND u.is_active
                        RETURNING g.id, g.scopes),
                    used AS (
                        UPDATE oauth_tokens
                           SET spent_at = now(), grace_until = now() + make_interval(secs => #{grace_seconds})
                         WHERE user_id = #{user_id} AND refresh_hash = #{used_hash} AND spent_at IS NULL
                           AND grant_id IN (SELECT id FROM kept)
                        RETURNING grant_id),
                    issued AS (
                        INSERT INTO oauth_tokens (user_id, id, grant_id, refresh_hash, access_hash)
                        SELECT #{user_id}, #{id}, grant_id, #{refresh_hash}, #{access_hash} FROM used
                        RETURNING grant_id)
                    SELECT k.scopes, #{seconds}::bigint AS seconds_left FROM kept k JOIN issued i ON i.grant_id = k.id
                    """, GrantTokenStore::live)
                .one(newRow(next)
                        .and("client_id", clientId)
                        .and("used_hash", TokenPair.hash(used))
                        .and("grace_seconds", grace.toMillis() / 1000.0));
    }

    /** Empty unless the used token was spent a moment ago for exactly these, and the next refresh token is still unused. */
    Future<Optional<Live>> findRepeated(String clientId, UserToken used, TokenPair next) {
        return database.query("""
                    SELECT g.scopes,
                           (#{seconds}::bigint - extract(epoch FROM now() - n.created_at)::bigint) AS seconds_left
                      FROM oauth_tokens t
                      JOIN oauth_tokens n ON n.user_id = #{user_id} AND n.grant_id = t.grant_id
                      JOIN oauth_grants g ON g.user_id = #{user_id} AND g.id = t.grant_id
                      JOIN users u ON u.id = g.user_id
                     WHERE t.user_id = #{user_id} AND t.refresh_hash = #{used_hash} AND t.grace_until > now()
                       AND n.refresh_hash = #{refresh_hash} AND n.spent_at IS NULL
                       AND g.client_id = #{client_id} AND g.expires_at > now() AND u.is_active
                    """, GrantTokenStore::live)
                .one(Parameters.of("user_id", used.userId())
                        .and("client_id", clientId)
                        .and("used_hash", TokenPair.hash(used))
                        .and("refresh_hash", next.refreshHash())
                        .and("seconds", Grants.ACCESS_LIFETIME.toSeconds()));
    }

    private static Parameters newRow(TokenPair pair) {
        return Parameters.of("user_id", pair.refresh().userId())
                .and("id", Ids.next())
                .and("refresh_hash", pair.refreshHash())
                .and("access_hash", pair.accessHash())
                .and("seconds", Grants.ACCESS_LIFETIME.toSeconds());
    }

    private static Live live(Row row) {
        return new Live(TokenStore.scopes(row), row.getLong("seconds_left"));
    }
}
