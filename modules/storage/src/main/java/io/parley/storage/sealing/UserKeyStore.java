package io.parley.storage.sealing;

import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.storage.keys.KeysetSettings;
import io.parley.storage.keys.UserKeys;
import io.parley.storage.keys.WrappedKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The SQL of the table {@code user_keys}. */
public final class UserKeyStore implements WrappedKeys {
    private static final Map<String, Problem> CONSTRAINTS =
            Map.of("fk_user_keys_user", Problem.unauthenticated("The account no longer exists."));

    private final Database database;

    public UserKeyStore(Database database) {
        this.database = database;
    }

    /** The same connections, with keys of users that this keyset wraps. It is opened when it is first needed. */
    public static Database addKeys(Vertx vertx, Database database, KeysetSettings settings) {
        return database.with(new UserKeys(vertx, settings, new UserKeyStore(database)));
    }

    @Override
    public Future<Optional<Buffer>> find(UUID userId) {
        return database.query("SELECT keyset FROM user_keys WHERE user_id = #{user_id}", UserKeyStore::keyset)
                .batched()
                .one(Parameters.of("user_id", userId));
    }

    @Override
    public Future<Buffer> insert(UUID userId, Buffer wrapped) {
        return database.query("""
                INSERT INTO user_keys (user_id, keyset)
                VALUES (#{user_id}, #{keyset})
                ON CONFLICT (user_id) DO NOTHING
                RETURNING keyset
                """, UserKeyStore::keyset)
                .translating(CONSTRAINTS)
                .one(Parameters.of("user_id", userId).and("keyset", wrapped))
                .compose(inserted -> inserted.map(Future::succeededFuture)
                        .orElseGet(() -> find(userId).map(Optional::orElseThrow)));
    }

    /** Those of all users with a key, in order. */
    public Future<List<UUID>> listUsers(UUID after, int limit) {
        return database.acrossUsers()
                .query("""
                SELECT user_id FROM user_keys WHERE user_id > #{after} ORDER BY user_id LIMIT #{limit}
                """, row -> Rows.uuid(row, "user_id"))
                .list(Parameters.of("after", after).and("limit", limit));
    }

    /** Returns the number of changed rows: 0 if another one has replaced the key meanwhile, else 1. */
    public Future<Integer> replace(UUID userId, Buffer before, Buffer after) {
        return database.query("""
                UPDATE user_keys SET keyset = #{after} WHERE user_id = #{user_id} AND keyset = #{before}
                """)
                .run(Parameters.of("user_id", userId).and("before", before).and("after", after));
    }

    private static Buffer keyset(Row row) {
        return row.getBuffer("keyset");
    }
}
