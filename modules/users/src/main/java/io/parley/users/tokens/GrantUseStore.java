package io.parley.users.tokens;

import io.parley.contracts.tokens.Grants;
import io.parley.contracts.tokens.Tokens;
import io.parley.contracts.tokens.Tokens.Checked;
import io.parley.kernel.crypto.UserToken;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.vertx.core.Future;
import java.util.Optional;

/** Checks access tokens of grants, and notes when the grants were used last. */
final class GrantUseStore {
    private final Database database;
    private final LastUseStore lastUse;

    GrantUseStore(Database database) {
        this.database = database;
        this.lastUse = new LastUseStore(database, "oauth_grants", GrantStore.GRANT_ID);
    }

    Future<Checked> check(Tokens.Check query) {
        return UserToken.parse(Grants.ACCESS_PREFIX, query.token())
                .map(this::find)
                .orElseGet(() -> Future.succeededFuture(Optional.empty()))
                .compose(found -> lastUse.note(found, query.client()));
    }

    private Future<Optional<LastUseStore.Found>> find(UserToken token) {
        return database.query("""
            SELECT a.created_at + make_interval(secs => #{seconds}) AS expires_at, %s
              FROM oauth_tokens a
              JOIN oauth_grants t ON t.user_id = #{user_id} AND t.id = a.grant_id
              JOIN users u ON u.id = t.user_id
             WHERE a.user_id = #{user_id} AND a.access_hash = #{access_hash}
               AND a.created_at > now() - make_interval(secs => #{seconds})
               AND u.id = #{user_id} AND u.is_active AND t.ends_at > now()
            """.formatted(LastUseStore.COLUMNS), LastUseStore::found)
                .one(Parameters.of("user_id", token.userId())
                        .and("access_hash", TokenPair.hash(token))
                        .and("seconds", (double) Grants.ACCESS_LIFETIME.toSeconds()));
    }
}
