package io.parley.users.keys;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.margaret;
import static io.parley.users.keys.KeyRotationScene.BATCH;
import static io.parley.users.keys.KeyRotationScene.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.ApiKeys.ApiKeyDraft;
import io.parley.contracts.users.ApiKeys.Reencrypted;
import io.parley.contracts.users.StoredSecrets;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a rotation re-encrypts while the server runs, and what it leaves alone. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class KeyRotationTest {
    private final KeyRotationScene scene;
    private KeyRotation command;

    KeyRotationTest(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = new KeyRotationScene(vertx, bus, database, folder.resolve("keyset.json"));
    }

    @BeforeEach
    void deploy() {
        scene.deployWithNone();
        command = scene.rotation();
    }

    @Test
    void reencryptsEveryRowWhileTheServerRuns() {
        var keys = scene.create(7);
        var before = scene.prefixes();

        assertThat(Answers.of(command.rotate(new ApiKeys.Rotate())).keys()).isEqualTo(2);
        var done = pass(command);

        assertThat(done).returns(7, Reencrypted::rows).returns(0, Reencrypted::unreadable);
        assertThat(scene.prefixes()).hasSize(1).doesNotContainAnyElementsOf(before);
        assertThat(scene.revealed(keys)).isEqualTo(keys);
        assertThat(pass(command).rows()).isZero();
    }

    @Test
    void reencryptsTheKeysOfUsersWithTheSameIds() {
        for (int each = 0; each < 4; each++) {
            var id = Ids.next();
            for (var caller : List.of(ada, grace, margaret)) {
                var draft = new ApiKeyDraft("provider " + each, new Secret("secret " + each), null);
                Answers.of(scene.bus().ask(ApiKeys.CREATE, new ApiKeys.Create(caller, id, draft, Origin.LOCAL)));
            }
        }

        Answers.of(command.rotate(new ApiKeys.Rotate()));

        assertThat(pass(command)).returns(12, Reencrypted::rows).returns(0, Reencrypted::unreadable);
        assertThat(scene.prefixes()).hasSize(1);
        assertThat(Answers.of(scene.bus().ask(ApiKeys.REVEAL, new ApiKeys.Reveal(grace, "provider 3"))))
                .isEqualTo(new Secret("secret 3"));
    }

    @Test
    void encryptsWithTheNewKeyFromThenOn() {
        scene.create(1);
        Answers.of(command.rotate(new ApiKeys.Rotate()));
        pass(command);

        var key = new Secret("made after the rotation");
        Answers.of(scene.bus()
                .ask(ApiKeys.CREATE, new ApiKeys.Create(ada, new ApiKeyDraft("after", key, null), Origin.LOCAL)));

        assertThat(scene.prefixes()).hasSize(1);
        assertThat(pass(command).rows()).isZero();
    }

    @Test
    void answersOverTheBusToo() {
        var keys = scene.create(4);

        Answers.of(scene.bus().ask(ApiKeys.ROTATE, new ApiKeys.Rotate()));
        var first = Answers.of(scene.bus().ask(ApiKeys.REENCRYPT, new ApiKeys.Reencrypt(null, BATCH)));
        var second = Answers.of(scene.bus().ask(ApiKeys.REENCRYPT, new ApiKeys.Reencrypt(first.last(), BATCH)));

        assertThat(first.rows()).isEqualTo(BATCH);
        assertThat(second.rows()).isEqualTo(1);
        // The table of the secrets of TOTP, and then what another module keeps.
        var third = Answers.of(scene.bus().ask(ApiKeys.REENCRYPT, new ApiKeys.Reencrypt(second.last(), BATCH)));
        assertThat(third.rows()).isZero();
        Answers.of(scene.bus()
                .answer(StoredSecrets.PLACES, query -> Future.succeededFuture(new StoredSecrets.Places(List.of()))));
        var fourth = Answers.of(scene.bus().ask(ApiKeys.REENCRYPT, new ApiKeys.Reencrypt(third.last(), BATCH)));
        assertThat(fourth.rows()).isZero();
        // The keys of users.
        assertThat(Answers.of(scene.bus().ask(ApiKeys.REENCRYPT, new ApiKeys.Reencrypt(fourth.last(), BATCH))))
                .returns(0, Reencrypted::rows)
                .returns(null, Reencrypted::last);
        assertThat(scene.revealed(keys)).isEqualTo(keys);
    }

    @Test
    void doesNotChangeTheVersion() {
        var created = Answers.of(scene.bus()
                .ask(
                        ApiKeys.CREATE,
                        new ApiKeys.Create(ada, new ApiKeyDraft("version", new Secret("a key"), null), Origin.LOCAL)));

        Answers.of(command.rotate(new ApiKeys.Rotate()));
        pass(command);

        assertThat(Answers.of(scene.bus().ask(ApiKeys.FIND, new ApiKeys.Find(ada, created.id()))))
                .isEqualTo(created);
    }

    @Test
    void skipsRowsThatNoKeyDecrypts() {
        var keys = scene.create(5);
        Answers.of(OwnerDatabase.of(scene.database()).query("""
                UPDATE api_keys SET encrypted_key = '\\x01deadbeef00'
                 WHERE id = (SELECT id FROM api_keys ORDER BY id OFFSET 1 LIMIT 1)
                """).run(Parameters.none()));

        Answers.of(command.rotate(new ApiKeys.Rotate()));
        var done = pass(command);

        assertThat(done).returns(4, Reencrypted::rows).returns(1, Reencrypted::unreadable);
        assertThat(problemOf(scene.bus().ask(ApiKeys.REVEAL, new ApiKeys.Reveal(ada, "provider 1")))
                        .kind())
                .isEqualTo(Kind.CONFLICT);
        assertThat(scene.reveal("provider 2")).isEqualTo(keys.get(2));
    }
}
