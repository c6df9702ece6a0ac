package io.parley.storage.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Patch;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.async.Contention;
import io.parley.postgres.embedded.Servers;
import io.parley.storage.Database;
import io.parley.storage.Futures;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.parley.storage.connections.PoolSettings;
import io.parley.storage.keys.Keyset;
import io.parley.storage.keys.KeysetSettings;
import io.parley.storage.keys.UserKeys;
import io.parley.storage.keys.WrappedKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody else changes an encrypted row between its being read and its being written. */
class ContendedTextsTest {
    private static final UUID ADA = new UUID(0, 0xada);
    private static final UUID NOTE = new UUID(0, 1);

    private final Vertx vertx = Vertx.vertx();
    private final Database database = Database.connect(vertx, Servers.newDatabase(), new PoolSettings(1, 8, false))
            .with(new UserKeys(
                    vertx, new KeysetSettings(Keyset.generate().text(), Path.of("unused")), new KeysInMemory()))
            .sealing("notes", "id");
    private final SealedTexts texts = new SealedTexts(database);
    private int attempts;

    private static final class KeysInMemory implements WrappedKeys {
        private final Map<UUID, Buffer> keys = new ConcurrentHashMap<>();

        @Override
        public Future<Optional<Buffer>> find(UUID userId) {
            return Future.succeededFuture(Optional.ofNullable(keys.get(userId)));
        }

        @Override
        public Future<Buffer> insert(UUID userId, Buffer wrapped) {
            keys.put(userId, wrapped);
            return Future.succeededFuture(wrapped);
        }
    }

    @BeforeEach
    void storeANote() {
        run("CREATE TABLE notes (user_id uuid, id uuid, title text, sealed bytea)", Parameters.none());
        run(
                "INSERT INTO notes (user_id, id, sealed) VALUES (#{user_id}, #{id}, #{sealed})",
                note().and("sealed", sealed("before")));
    }

    @AfterEach
    void close() {
        Futures.result(vertx.close());
    }

    @Test
    void changesAtTheNextAttemptWhatOthersHaveChanged() {
        assertThat(Futures.result(update(false, 3))).contains("mine");
        assertThat(attempts).isEqualTo(4);
    }

    @Test
    void isUnavailableIfOthersAreFasterEachTime() {
        assertThat(Futures.problem(update(false, Integer.MAX_VALUE)).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(attempts).isEqualTo(Contention.ATTEMPTS);
    }

    @Test
    void findsNothingAtOnceForThoseWhoNameAVersion() {
        assertThat(Futures.result(update(true, Integer.MAX_VALUE))).isEmpty();
        assertThat(attempts).isOne();
    }

    /** @param rounds in which somebody else is faster */
    private Future<Optional<String>> update(boolean isVersioned, int rounds) {
        return texts.update(
                ADA,
                NOTE,
                Map.of("title", Patch.to("mine")),
                isVersioned,
                changes -> (++attempts > rounds ? Future.succeededFuture(0) : changeByAnother())
                        .compose(changed -> write(changes)));
    }

    private Future<Optional<String>> write(TextChanges changes) {
        return database.query(
                        "UPDATE notes SET title = CASE WHEN #{sets_title} THEN #{title} ELSE title END, "
                                + TextChanges.SET_SEALED + " WHERE user_id = #{user_id} AND id = #{id} AND "
                                + TextChanges.IS_UNCHANGED + " RETURNING user_id, id, title, sealed",
                        row -> Rows.text(row, "title"))
                .one(changes.addTo(note()));
    }

    private Future<Integer> changeByAnother() {
        return texts.seal(Texts.of("title", "theirs"), ADA, NOTE)
                .compose(theirs -> database.query(
                                "UPDATE notes SET sealed = #{sealed} WHERE user_id = #{user_id} AND id = #{id}")
                        .run(note().and("sealed", theirs)));
    }

    private Buffer sealed(String title) {
        return Futures.result(texts.seal(Texts.of("title", title), ADA, NOTE));
    }

    private void run(String sql, Parameters parameters) {
        Futures.result(database.query(sql).run(parameters));
    }

    private static Parameters note() {
        return Parameters.of("user_id", ADA).and("id", NOTE);
    }
}
