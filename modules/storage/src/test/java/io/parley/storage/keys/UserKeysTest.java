package io.parley.storage.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UserKeysTest {
    private static final UUID ADA = UUID.fromString("00000000-0000-4000-8000-0000000ada00");
    private static final UUID GRACE = UUID.fromString("00000000-0000-4000-8000-0000000a9ace");
    private static final Map<String, String> TEXTS = Map.of("title", "a quokka", "description", "in the garden");

    private final Vertx vertx = Vertx.vertx();
    private final Table table = new Table();
    private final KeysetSettings settings = new KeysetSettings(Keyset.generate().text(), Path.of("unused"));
    private final UserKeys keys = new UserKeys(vertx, settings, table);

    private static final class Table implements WrappedKeys {
        final Map<UUID, Buffer> rows = new ConcurrentHashMap<>();
        int reads;

        @Override
        public Future<Optional<Buffer>> find(UUID userId) {
            reads++;
            return Future.succeededFuture(Optional.ofNullable(rows.get(userId)));
        }

        @Override
        public Future<Buffer> insert(UUID userId, Buffer wrapped) {
            var other = rows.putIfAbsent(userId, wrapped);
            return Future.succeededFuture(other == null ? wrapped : other);
        }
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void makesAKeyOnceWhenItIsFirstNeeded() throws Exception {
        assertThat(await(keys.find(ADA))).isEmpty();
        assertThat(table.rows).isEmpty();

        var made = await(keys.require(ADA));

        assertThat(await(keys.find(ADA))).contains(made);
        assertThat(await(keys.require(ADA))).isSameAs(made);
        assertThat(table.rows).containsOnlyKeys(ADA);
    }

    @Test
    void usesTheKeyThatAnotherProcessHasMade() throws Exception {
        var other = new UserKeys(vertx, settings, table);
        assertThat(await(keys.find(ADA))).isEmpty();
        var sealed = seal(other, "tasks", ADA, "7");

        await(keys.require(ADA));

        assertThat(open(keys, "tasks", ADA, "7", sealed)).isEqualTo(TEXTS);
    }

    @Test
    void asksTheDatabaseOnceForSomebodyWithoutAKey() throws Exception {
        for (int times = 0; times < 5; times++) await(keys.find(GRACE));

        assertThat(table.reads).isOne();
    }

    @Test
    void opensOnlyTheSameRow() throws Exception {
        var sealed = seal(keys, "tasks", ADA, "7");
        await(keys.require(GRACE));

        assertThat(sealed.toString()).doesNotContain("quokka");
        assertThat(open(keys, "tasks", ADA, "7", sealed)).isEqualTo(TEXTS);
        refuses(keys, "tasks", ADA, "8", sealed);
        refuses(keys, "messages", ADA, "7", sealed);
        refuses(keys, "tasks", GRACE, "7", sealed);
    }

    @Test
    void refusesWhatWasTamperedWith() throws Exception {
        var sealed = seal(keys, "tasks", ADA, "7");
        for (int at : List.of(0, 3, 5, 20, sealed.length() - 1)) {
            var changed = sealed.copy();
            changed.setByte(at, (byte) (changed.getByte(at) ^ 1));
            refuses(keys, "tasks", ADA, "7", changed);
        }
        refuses(keys, "tasks", ADA, "7", sealed.getBuffer(0, 4));
        refuses(keys, "tasks", ADA, "7", Buffer.buffer());
    }

    @Test
    void refusesAKeyThatAnotherKeysetHasWrappedOrThatIsAnotherUsers() throws Exception {
        await(keys.require(ADA));
        var strange = new UserKeys(vertx, new KeysetSettings(Keyset.generate().text(), Path.of("unused")), table);
        assertUnavailable(strange.find(ADA));
        assertUnavailable(strange.require(ADA));

        table.rows.put(GRACE, table.rows.get(ADA));
        assertUnavailable(keys.find(GRACE));
    }

    @Test
    void opensWhatANewerKeyHasSealed() throws Exception {
        var before = seal(keys, "tasks", ADA, "7");
        var keyset = Keyset.parse(settings.keyset(), "a test");
        var rotated = UserKey.unwrap(ADA, keyset, table.rows.get(ADA)).withNewPrimary();
        table.rows.put(ADA, rotated.wrap(keyset));
        var after = seal(new UserKeys(vertx, settings, table), "tasks", ADA, "8");

        assertThat(open(keys, "tasks", ADA, "7", before)).isEqualTo(TEXTS);
        assertThat(open(keys, "tasks", ADA, "8", after)).isEqualTo(TEXTS);
        assertThat(after.getBuffer(0, 5)).isNotEqualTo(before.getBuffer(0, 5));
    }

    @Test
    void neverMakesAKeysetThatIsMissing() {
        var missing = new UserKeys(vertx, new KeysetSettings(null, Path.of("target", "no", "keyset.json")), table);
        assertUnavailable(missing.require(ADA));
        assertThat(Path.of("target", "no")).doesNotExist();
    }

    private static Buffer seal(UserKeys keys, String table, UUID user, String id) throws Exception {
        return new Seal(keys, table, List.of("id")).seal(await(keys.require(user)), id, TEXTS);
    }

    private static Map<String, String> open(UserKeys keys, String table, UUID user, String id, Buffer sealed)
            throws Exception {
        return await(new Seal(keys, table, List.of("id")).open(user, id, sealed));
    }

    private static void refuses(UserKeys keys, String table, UUID user, String id, Buffer sealed) {
        assertUnavailable(new Seal(keys, table, List.of("id")).open(user, id, sealed));
    }

    private static void assertUnavailable(Future<?> refused) {
        assertThatThrownBy(() -> await(refused))
                .hasCauseInstanceOf(Problem.class)
                .cause()
                .extracting(problem -> ((Problem) problem).kind())
                .isEqualTo(Problem.Kind.UNAVAILABLE);
    }

    private static <T> T await(Future<T> answer) throws Exception {
        return answer.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
