package io.parley.users.keys;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.margaret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.ApiKeys.ApiKeyDraft;
import io.parley.contracts.users.ApiKeys.ApiKeyPatch;
import io.parley.contracts.users.ApiKeys.Reencrypted;
import io.parley.contracts.users.StoredSecrets;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.keys.KeysetException;
import io.parley.storage.keys.KeysetFile;
import io.parley.storage.keys.KeysetSettings;
import io.parley.storage.keys.Seal;
import io.parley.storage.keys.UserKeys;
import io.parley.storage.sealing.UserKeyStore;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.users.UsersSettings;
import io.parley.users.UsersVerticle;
import io.parley.users.limits.LimitSettings;
import io.parley.users.sessions.SessionSettings;
import io.parley.users.signin.PasswordSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class KeyRotationTest {
    private static final int BATCH = 3;

    private final Vertx vertx;
    private final Bus bus;
    private final Database database;
    private final Path file;
    private KeyRotation command;

    KeyRotationTest(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        this.vertx = vertx;
        this.bus = bus;
        this.database = database;
        this.file = folder.resolve("keyset.json");
    }

    /** The running server, and a command that shares only the file and the database with it. */
    @BeforeEach
    void deploy() {
        for (var deployed : vertx.deploymentIDs()) Answers.of(vertx.undeploy(deployed));
        Answers.of(OwnerDatabase.of(database).query("DELETE FROM api_keys").run(Parameters.none()));
        deploy(new KeysetSettings(null, file));
        command = rotation(new KeysetSettings(null, file));
    }

    @Test
    void reencryptsEveryRowWhileTheServerRuns() {
        var keys = create(7);
        var before = prefixes();

        assertThat(Answers.of(command.rotate(new ApiKeys.Rotate())).keys()).isEqualTo(2);
        var done = pass(command);

        assertThat(done).returns(7, Reencrypted::rows).returns(0, Reencrypted::unreadable);
        assertThat(prefixes()).hasSize(1).doesNotContainAnyElementsOf(before);
        assertThat(revealed(keys)).isEqualTo(keys);
        assertThat(pass(command).rows()).isZero();
    }

    @Test
    void reencryptsTheKeysOfUsersWithTheSameIds() {
        for (int each = 0; each < 4; each++) {
            var id = Ids.next();
            for (var caller : List.of(ada, grace, margaret)) {
                var draft = new ApiKeyDraft("provider " + each, new Secret("secret " + each), null);
                Answers.of(bus.ask(ApiKeys.CREATE, new ApiKeys.Create(caller, id, draft, Origin.LOCAL)));
            }
        }

        Answers.of(command.rotate(new ApiKeys.Rotate()));

        assertThat(pass(command)).returns(12, Reencrypted::rows).returns(0, Reencrypted::unreadable);
        assertThat(prefixes()).hasSize(1);
        assertThat(Answers.of(bus.ask(ApiKeys.REVEAL, new ApiKeys.Reveal(grace, "provider 3"))))
                .isEqualTo(new Secret("secret 3"));
    }

    @Test
    void encryptsWithTheNewKeyFromThenOn() {
        create(1);
        Answers.of(command.rotate(new ApiKeys.Rotate()));
        pass(command);

        var key = new Secret("made after the rotation");
        Answers.of(bus.ask(ApiKeys.CREATE, new ApiKeys.Create(ada, new ApiKeyDraft("after", key, null), Origin.LOCAL)));

        assertThat(prefixes()).hasSize(1);
        assertThat(pass(command).rows()).isZero();
    }

    @Test
    void answersOverTheBusToo() {
        var keys = create(4);

        Answers.of(bus.ask(ApiKeys.ROTATE, new ApiKeys.Rotate()));
        var first = Answers.of(bus.ask(ApiKeys.REENCRYPT, new ApiKeys.Reencrypt(null, BATCH)));
        var second = Answers.of(bus.ask(ApiKeys.REENCRYPT, new ApiKeys.Reencrypt(first.last(), BATCH)));

        assertThat(first.rows()).isEqualTo(BATCH);
        assertThat(second.rows()).isEqualTo(1);
        // The table of the secrets of TOTP, and then what another module keeps.
        var third = Answers.of(bus.ask(ApiKeys.REENCRYPT, new ApiKeys.Reencrypt(second.last(), BATCH)));
        assertThat(third.rows()).isZero();
        Answers.of(
                bus.answer(StoredSecrets.PLACES, query -> Future.succeededFuture(new StoredSecrets.Places(List.of()))));
        var fourth = Answers.of(bus.ask(ApiKeys.REENCRYPT, new ApiKeys.Reencrypt(third.last(), BATCH)));
        assertThat(fourth.rows()).isZero();
        // The keys of users.
        assertThat(Answers.of(bus.ask(ApiKeys.REENCRYPT, new ApiKeys.Reencrypt(fourth.last(), BATCH))))
                .returns(0, Reencrypted::rows)
                .returns(null, Reencrypted::last);
        assertThat(revealed(keys)).isEqualTo(keys);
    }

    @Test
    void wrapsTheKeysOfUsersAnewAndAddsSome() {
        var settings = new KeysetSettings(null, file);
        var keys = new UserKeys(vertx, settings, new UserKeyStore(database));
        var ids = List.of(ada.userId(), grace.userId(), margaret.userId());
        ids.forEach(id -> Answers.of(keys.require(id)));
        var sealed = seal(keys, "before");

        Answers.of(command.rotate(new ApiKeys.Rotate()));
        assertThat(pass(command)).returns(3, Reencrypted::rows).returns(0, Reencrypted::unreadable);
        assertThat(pass(command).rows()).isZero();
        var added = Answers.of(bus.ask(ApiKeys.ROTATE_USER_KEYS, new ApiKeys.RotateUserKeys(null, BATCH)));
        assertThat(added.rows()).isEqualTo(3);
        assertThat(Answers.of(bus.ask(ApiKeys.ROTATE_USER_KEYS, new ApiKeys.RotateUserKeys(added.last(), BATCH))))
                .returns(0, Reencrypted::rows)
                .returns(null, Reencrypted::last);

        var reread = new UserKeys(vertx, settings, new UserKeyStore(database));
        var newer = seal(reread, "after");
        assertThat(newer.getBuffer(0, 5)).isNotEqualTo(sealed.getBuffer(0, 5));
        for (var each : List.of(keys, reread)) {
            assertThat(open(each, sealed)).isEqualTo(Map.of("text", "before"));
            assertThat(open(each, newer)).isEqualTo(Map.of("text", "after"));
        }
        Answers.of(OwnerDatabase.of(database).query("DELETE FROM user_keys").run(Parameters.none()));
    }

    private static Buffer seal(UserKeys keys, String text) {
        return new Seal(keys, "tasks", List.of("id"))
                .seal(Answers.of(keys.require(ada.userId())), "7", Map.of("text", text));
    }

    private static Map<String, String> open(UserKeys keys, Buffer sealed) {
        return Answers.of(new Seal(keys, "tasks", List.of("id")).open(ada.userId(), "7", sealed));
    }

    @Test
    void canBeInterruptedAndRepeated() {
        var keys = create(7);

        Answers.of(command.rotate(new ApiKeys.Rotate()));
        Answers.of(command.reencrypt(new ApiKeys.Reencrypt(null, BATCH)));
        assertThat(prefixes()).hasSize(2);
        assertThat(revealed(keys)).isEqualTo(keys);

        var again = rotation(new KeysetSettings(null, file));
        Answers.of(again.rotate(new ApiKeys.Rotate()));
        pass(again);

        assertThat(prefixes()).hasSize(1);
        assertThat(revealed(keys)).isEqualTo(keys);
    }

    @Test
    void canLoseTheDatabaseConnectionAndBeRepeated() {
        var keys = create(7);
        run("CREATE SEQUENCE cuts");
        run("""
            CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                IF old.encrypted_key <> new.encrypted_key AND nextval('cuts') = 4 THEN
                    PERFORM pg_terminate_backend(pg_backend_pid());
                END IF;
                RETURN new;
            END $$
            """);
        run("CREATE TRIGGER cut BEFORE UPDATE ON api_keys FOR EACH ROW EXECUTE FUNCTION cut()");
        try {
            Answers.of(bus.ask(ApiKeys.ROTATE, new ApiKeys.Rotate()));
            assertThat(problemOf(bus.ask(ApiKeys.REENCRYPT, new ApiKeys.Reencrypt(null, 100)))
                            .kind())
                    .isEqualTo(Kind.UNAVAILABLE);
            assertThat(prefixes()).hasSize(2);
            assertThat(revealed(keys)).isEqualTo(keys);

            Answers.of(bus.ask(ApiKeys.ROTATE, new ApiKeys.Rotate()));
            assertThat(Answers.of(bus.ask(ApiKeys.REENCRYPT, new ApiKeys.Reencrypt(null, 100))))
                    .returns(7, Reencrypted::rows)
                    .returns(0, Reencrypted::unreadable);
            assertThat(prefixes()).hasSize(1);
            assertThat(revealed(keys)).isEqualTo(keys);
        } finally {
            run("DROP FUNCTION cut CASCADE");
            run("DROP SEQUENCE cuts");
        }
    }

    @Test
    void keepsTheKeysetIfItCannotWriteANewOne() throws IOException {
        var keys = create(2);
        var before = Files.readString(file);
        var lock = file.resolveSibling("keyset.json.lock");
        Files.delete(lock);
        Files.createDirectory(lock);

        assertThat(problemOf(bus.ask(ApiKeys.ROTATE, new ApiKeys.Rotate())).kind())
                .isEqualTo(Kind.UNAVAILABLE);
        assertThatThrownBy(() -> new KeysetFile(file).rotate())
                .isInstanceOf(KeysetException.class)
                .hasMessageContaining(file.toString())
                .message()
                .hasLineCount(1);

        assertThat(file).hasContent(before);
        assertThat(revealed(keys)).isEqualTo(keys);
        Files.delete(lock);
        assertThat(Answers.of(bus.ask(ApiKeys.ROTATE, new ApiKeys.Rotate())).keys())
                .isEqualTo(2);
        assertThat(revealed(keys)).isEqualTo(keys);
    }

    @Test
    void losesNoKeyWhenTwoRotateAtOnce() {
        var keys = create(12);
        var other = rotation(new KeysetSettings(null, file));

        Answers.of(Future.all(command.rotate(new ApiKeys.Rotate()), other.rotate(new ApiKeys.Rotate())));
        Answers.of(Future.all(
                command.reencrypt(new ApiKeys.Reencrypt(null, 100)),
                other.reencrypt(new ApiKeys.Reencrypt(null, 100)),
                bus.ask(ApiKeys.REENCRYPT, new ApiKeys.Reencrypt(null, 100))));
        pass(command);

        assertThat(new KeysetFile(file).read().size()).isEqualTo(3);
        assertThat(prefixes()).hasSize(1);
        assertThat(revealed(keys)).isEqualTo(keys);
    }

    @Test
    void keepsAChangeThatItsOwnerMakesAtTheSameTime() {
        var id = Answers.of(bus.ask(
                        ApiKeys.CREATE,
                        new ApiKeys.Create(
                                ada, new ApiKeyDraft("contended", new Secret("version 0"), null), Origin.LOCAL)))
                .id();

        for (int version = 1; version <= 20; version++) {
            var key = new Secret("version " + version);
            Answers.of(command.rotate(new ApiKeys.Rotate()));
            Answers.of(Future.all(
                    command.reencrypt(new ApiKeys.Reencrypt(null, BATCH)),
                    bus.ask(
                            ApiKeys.UPDATE,
                            new ApiKeys.Update(
                                    ada,
                                    id,
                                    Versions.ANY,
                                    new ApiKeyPatch(Patch.absent(), Patch.to(key)),
                                    Origin.LOCAL))));

            assertThat(reveal("contended")).isEqualTo(key);
        }
    }

    @Test
    void doesNotChangeTheVersion() {
        var created = Answers.of(bus.ask(
                ApiKeys.CREATE,
                new ApiKeys.Create(ada, new ApiKeyDraft("version", new Secret("a key"), null), Origin.LOCAL)));

        Answers.of(command.rotate(new ApiKeys.Rotate()));
        pass(command);

        assertThat(Answers.of(bus.ask(ApiKeys.FIND, new ApiKeys.Find(ada, created.id()))))
                .isEqualTo(created);
    }

    @Test
    void skipsRowsThatNoKeyDecrypts() {
        var keys = create(5);
        Answers.of(OwnerDatabase.of(database).query("""
                UPDATE api_keys SET encrypted_key = '\\x01deadbeef00'
                 WHERE id = (SELECT id FROM api_keys ORDER BY id OFFSET 1 LIMIT 1)
                """).run(Parameters.none()));

        Answers.of(command.rotate(new ApiKeys.Rotate()));
        var done = pass(command);

        assertThat(done).returns(4, Reencrypted::rows).returns(1, Reencrypted::unreadable);
        assertThat(problemOf(bus.ask(ApiKeys.REVEAL, new ApiKeys.Reveal(ada, "provider 1")))
                        .kind())
                .isEqualTo(Kind.CONFLICT);
        assertThat(reveal("provider 2")).isEqualTo(keys.get(2));
    }

    @Test
    void encryptsNothingWithAKeyThatIsNotOnDisk() throws IOException {
        create(1);
        Files.delete(file);

        assertThat(problemOf(bus.ask(
                                ApiKeys.CREATE,
                                new ApiKeys.Create(
                                        ada, new ApiKeyDraft("lost", new Secret("a key"), null), Origin.LOCAL)))
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
        assertThat(problemOf(command.rotate(new ApiKeys.Rotate())).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(reveal("provider 0")).isEqualTo(new Secret("secret 0"));
    }

    @Test
    void refusesToRotateAKeysetFromASetting() throws IOException {
        var keys = create(3);
        var given =
                new Secret(new KeysetFile(file).read().withNewPrimary().text().value());
        Files.delete(file);
        var withSetting = rotation(new KeysetSettings(given, file));

        assertThat(problemOf(withSetting.rotate(new ApiKeys.Rotate())).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(pass(withSetting).rows()).isEqualTo(3);

        for (var deployed : vertx.deploymentIDs()) Answers.of(vertx.undeploy(deployed));
        deploy(new KeysetSettings(given, file));
        assertThat(revealed(keys)).isEqualTo(keys);
        assertThat(file).doesNotExist();
    }

    private void deploy(KeysetSettings settings) {
        Answers.of(vertx.deployVerticle(UsersVerticle.instances(
                        vertx,
                        bus,
                        database,
                        UsersSettings.open(
                                new PasswordSettings(1, 3, 8),
                                settings,
                                SessionSettings.withoutClients(),
                                LimitSettings.NONE))
                .get()));
    }

    private KeyRotation rotation(KeysetSettings settings) {
        var encryption = KeyEncryption.open(vertx, settings);
        return new KeyRotation(
                List.of(new ApiKeyStore(database)),
                new UserKeyRotation(new UserKeyStore(database), encryption),
                encryption,
                database);
    }

    private List<Secret> create(int count) {
        var keys = IntStream.range(0, count)
                .mapToObj(each -> new Secret("secret " + each))
                .toList();
        for (int each = 0; each < count; each++) {
            var draft = new ApiKeyDraft("provider " + each, keys.get(each), null);
            Answers.of(bus.ask(ApiKeys.CREATE, new ApiKeys.Create(ada, draft, Origin.LOCAL)));
        }
        return keys;
    }

    private List<Secret> revealed(List<Secret> keys) {
        return IntStream.range(0, keys.size())
                .mapToObj(each -> reveal("provider " + each))
                .toList();
    }

    private Secret reveal(String provider) {
        return Answers.of(bus.ask(ApiKeys.REVEAL, new ApiKeys.Reveal(ada, provider)));
    }

    private static Reencrypted pass(KeyRotation rotation) {
        int rows = 0;
        int unreadable = 0;
        ApiKeys.Place last = null;
        do {
            var done = Answers.of(rotation.reencrypt(new ApiKeys.Reencrypt(last, BATCH)));
            rows += done.rows();
            unreadable += done.unreadable();
            last = done.last();
        } while (last != null);
        return new Reencrypted(null, rows, unreadable);
    }

    private void run(String sql) {
        Answers.of(OwnerDatabase.of(database).query(sql).run(Parameters.none()));
    }

    private List<String> prefixes() {
        return Answers.of(OwnerDatabase.of(database)
                .query(
                        "SELECT DISTINCT encode(substring(encrypted_key FROM 1 FOR 5), 'hex') AS prefix FROM api_keys",
                        row -> row.getString("prefix"))
                .list(Parameters.none()));
    }
}
