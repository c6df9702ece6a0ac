package io.parley.users.tokens;

import io.parley.contracts.tokens.Tokens;
import io.parley.contracts.tokens.Tokens.Checked;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;

/** Checks tokens that requests are sent with, and notes when they were used last: at most once a minute. */
final class TokenUseStore {
    private final Database database;
    private final LastUseStore lastUse;

    private record Key(UUID userId, UUID id) {
        Parameters parameters() {
            return Parameters.of("user_id", userId).and("id", id);
        }
    }

    TokenUseStore(Database database) {
        this.database = database;
        this.lastUse = new LastUseStore(database, "personal_tokens", TokenStore.TOKEN_ID);
    }

    Future<Checked> check(Tokens.Check query) {
        return owner(query)
                .compose(key -> key.map(this::find).orElseGet(() -> Future.succeededFuture(Optional.empty())))
                .compose(found -> lastUse.note(found, query.client()));
    }

    private Future<Optional<Key>> owner(Tokens.Check query) {
        return database.acrossUsers()
                .query(
                        "SELECT id, user_id FROM personal_tokens WHERE token_hash = #{token_hash}",
                        row -> new Key(Rows.uuid(row, "user_id"), Rows.uuid(row, "id")))
                .one(Parameters.of("token_hash", TokenStore.hash(query.token())));
    }

    private Future<Optional<LastUseStore.Found>> find(Key key) {
        return database.query("""
            SELECT t.expires_at, %s
              FROM personal_tokens t JOIN users u ON u.id = t.user_id
             WHERE t.user_id = #{user_id} AND t.id = #{id} AND u.id = #{user_id} AND u.is_active
               AND (t.expires_at IS NULL OR t.expires_at > now())
            """.formatted(LastUseStore.COLUMNS), LastUseStore::found)
                .one(key.parameters());
    }
}
