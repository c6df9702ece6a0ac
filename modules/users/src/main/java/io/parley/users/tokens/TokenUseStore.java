package io.parley.users.tokens;

import io.parley.contracts.tokens.Tokens;
import io.parley.contracts.tokens.Tokens.Checked;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Optional;
import java.util.UUID;

/** Checks tokens that requests are sent with, and notes when they were used last: at most once a minute. */
final class TokenUseStore {
    private final Database database;
    private final LastUse lastUse;

    private record Key(UUID userId, UUID id) {
        Parameters parameters() {
            return Parameters.of("user_id", userId).and("id", id);
        }
    }

    /** @param isNoted whether the time of its last use is less than a minute old */
    private record Found(Checked token, boolean isNoted, boolean isFirstToday) {}

    TokenUseStore(Database database) {
        this.database = database;
        this.lastUse = new LastUse(database, "personal_tokens", TokenStore.TOKEN_ID);
    }

    Future<Checked> check(Tokens.Check query) {
        return owner(query)
                .compose(key -> key.map(this::find).orElseGet(() -> Future.succeededFuture(Optional.empty())))
                .map(found -> found.orElseThrow(() -> Problem.unauthenticated("The access token is not valid.")))
                .compose(found -> lastUse.note(
                                found.token().userId(),
                                found.token().id(),
                                found.isNoted(),
                                found.isFirstToday(),
                                query.client())
                        .map(found.token()));
    }

    private Future<Optional<Key>> owner(Tokens.Check query) {
        return database.acrossUsers()
                .query(
                        "SELECT id, user_id FROM personal_tokens WHERE token_hash = #{token_hash}",
                        row -> new Key(Rows.uuid(row, "user_id"), Rows.uuid(row, "id")))
                .one(Parameters.of("token_hash", TokenStore.hash(query.token())));
    }

    private Future<Optional<Found>> find(Key key) {
        return database.query("""
            SELECT t.id, t.user_id, u.role, t.scopes, t.expires_at, %s
              FROM personal_tokens t JOIN users u ON u.id = t.user_id
             WHERE t.user_id = #{user_id} AND t.id = #{id} AND u.id = #{user_id} AND u.is_active
               AND (t.expires_at IS NULL OR t.expires_at > now())
            """.formatted(LastUse.COLUMNS), TokenUseStore::found)
                .one(key.parameters());
    }

    private static Found found(Row row) {
        return new Found(
                new Checked(
                        Rows.uuid(row, "id"),
                        Rows.uuid(row, "user_id"),
                        Rows.choice(row, "role", Role.class),
                        TokenStore.scopes(row),
                        Rows.nullableInstant(row, "expires_at")),
                Rows.flag(row, "is_noted"),
                Rows.flag(row, "is_first_today"));
    }
}
