package io.parley.users.tokens;

import io.parley.contracts.tokens.Grants;
import io.parley.contracts.tokens.Tokens;
import io.parley.contracts.tokens.Tokens.Checked;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Problem;
import io.parley.kernel.crypto.UserToken;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Optional;

/** Checks access tokens of grants, and notes when the grants were used last. */
final class GrantUseStore {
    private final Database database;
    private final LastUse lastUse;

    private record Found(Checked token, boolean isNoted, boolean isFirstToday) {}

    GrantUseStore(Database database) {
        this.database = database;
        this.lastUse = new LastUse(database, "oauth_grants", GrantStore.GRANT_ID);
    }

    Future<Checked> check(Tokens.Check query) {
        return UserToken.parse(Grants.ACCESS_PREFIX, query.token())
                .map(this::find)
                .orElseGet(() -> Future.succeededFuture(Optional.empty()))
                .map(found -> found.orElseThrow(() -> Problem.unauthenticated("The access token is not valid.")))
                .compose(found -> lastUse.note(
                                found.token().userId(),
                                found.token().id(),
                                found.isNoted(),
                                found.isFirstToday(),
                                query.client())
                        .map(found.token()));
    }

    private Future<Optional<Found>> find(UserToken token) {
        return database.query("""
            SELECT t.id, t.user_id, u.role, t.scopes, a.created_at + make_interval(secs => #{seconds}) AS expires_at, %s
              FROM oauth_tokens a
              JOIN oauth_grants t ON t.user_id = #{user_id} AND t.id = a.grant_id
              JOIN users u ON u.id = t.user_id
             WHERE a.user_id = #{user_id} AND a.access_hash = #{access_hash}
               AND a.created_at > now() - make_interval(secs => #{seconds})
               AND u.id = #{user_id} AND u.is_active AND t.ends_at > now()
            """.formatted(LastUse.COLUMNS), GrantUseStore::found)
                .one(Parameters.of("user_id", token.userId())
                        .and("access_hash", TokenPair.hash(token))
                        .and("seconds", (double) Grants.ACCESS_LIFETIME.toSeconds()));
    }

    private static Found found(Row row) {
        return new Found(
                new Checked(
                        Rows.uuid(row, "id"),
                        Rows.uuid(row, "user_id"),
                        Rows.choice(row, "role", Role.class),
                        TokenStore.scopes(row),
                        Rows.instant(row, "expires_at")),
                Rows.flag(row, "is_noted"),
                Rows.flag(row, "is_first_today"));
    }
}
