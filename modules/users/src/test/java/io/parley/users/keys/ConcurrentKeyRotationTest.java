package io.parley.users.keys;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.users.keys.KeyRotationScene.BATCH;
import static io.parley.users.keys.KeyRotationScene.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.ApiKeys.ApiKeyDraft;
import io.parley.contracts.users.ApiKeys.ApiKeyPatch;
import io.parley.contracts.users.ApiKeys.Reencrypted;
import io.parley.kernel.Bus;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.keys.KeysetFile;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rotations that are cut short, or meet another change. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class ConcurrentKeyRotationTest {
    private final KeyRotationScene scene;
    private KeyRotation command;

    ConcurrentKeyRotationTest(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = new KeyRotationScene(vertx, bus, database, folder.resolve("keyset.json"));
    }

    @BeforeEach
    void deploy() {
        scene.deployWithNone();
        command = scene.rotation();
    }

    @Test
    void canBeInterruptedAndRepeated() {
        var keys = scene.create(7);

        Answers.of(command.rotate(new ApiKeys.Rotate()));
        Answers.of(command.reencrypt(new ApiKeys.Reencrypt(null, BATCH)));
        assertThat(scene.prefixes()).hasSize(2);
        assertThat(scene.revealed(keys)).isEqualTo(keys);

        var again = scene.rotation();
        Answers.of(again.rotate(new ApiKeys.Rotate()));
        pass(again);

        assertThat(scene.prefixes()).hasSize(1);
        assertThat(scene.revealed(keys)).isEqualTo(keys);
    }

    @Test
    void canLoseTheDatabaseConnectionAndBeRepeated() {
        var keys = scene.create(7);
        scene.run("CREATE SEQUENCE cuts");
        scene.run("""
            CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                IF old.encrypted_key <> new.encrypted_key AND nextval('cuts') = 4 THEN
                    PERFORM pg_terminate_backend(pg_backend_pid());
                END IF;
                RETURN new;
            END $$
            """);
        scene.run("CREATE TRIGGER cut BEFORE UPDATE ON api_keys FOR EACH ROW EXECUTE FUNCTION cut()");
        try {
            Answers.of(scene.bus().ask(ApiKeys.ROTATE, new ApiKeys.Rotate()));
            assertThat(problemOf(scene.bus().ask(ApiKeys.REENCRYPT, new ApiKeys.Reencrypt(null, 100)))
                            .kind())
                    .isEqualTo(Kind.UNAVAILABLE);
            assertThat(scene.prefixes()).hasSize(2);
            assertThat(scene.revealed(keys)).isEqualTo(keys);

            Answers.of(scene.bus().ask(ApiKeys.ROTATE, new ApiKeys.Rotate()));
            assertThat(Answers.of(scene.bus().ask(ApiKeys.REENCRYPT, new ApiKeys.Reencrypt(null, 100))))
                    .returns(7, Reencrypted::rows)
                    .returns(0, Reencrypted::unreadable);
            assertThat(scene.prefixes()).hasSize(1);
            assertThat(scene.revealed(keys)).isEqualTo(keys);
        } finally {
            scene.run("DROP FUNCTION cut CASCADE");
            scene.run("DROP SEQUENCE cuts");
        }
    }

    @Test
    void losesNoKeyWhenTwoRotateAtOnce() {
        var keys = scene.create(12);
        var other = scene.rotation();

        Answers.of(Future.all(command.rotate(new ApiKeys.Rotate()), other.rotate(new ApiKeys.Rotate())));
        Answers.of(Future.all(
                command.reencrypt(new ApiKeys.Reencrypt(null, 100)),
                other.reencrypt(new ApiKeys.Reencrypt(null, 100)),
                scene.bus().ask(ApiKeys.REENCRYPT, new ApiKeys.Reencrypt(null, 100))));
        pass(command);

        assertThat(new KeysetFile(scene.file()).read().size()).isEqualTo(3);
        assertThat(scene.prefixes()).hasSize(1);
        assertThat(scene.revealed(keys)).isEqualTo(keys);
    }

    @Test
    void keepsAChangeThatItsOwnerMakesAtTheSameTime() {
        var id = Answers.of(scene.bus()
                        .ask(
                                ApiKeys.CREATE,
                                new ApiKeys.Create(
                                        ada,
                                        new ApiKeyDraft("contended", new Secret("version 0"), null),
                                        Origin.LOCAL)))
                .id();

        for (int version = 1; version <= 20; version++) {
            var key = new Secret("version " + version);
            Answers.of(command.rotate(new ApiKeys.Rotate()));
            Answers.of(Future.all(
                    command.reencrypt(new ApiKeys.Reencrypt(null, BATCH)),
                    scene.bus()
                            .ask(
                                    ApiKeys.UPDATE,
                                    new ApiKeys.Update(
                                            ada,
                                            id,
                                            Versions.ANY,
                                            new ApiKeyPatch(Patch.absent(), Patch.to(key)),
                                            Origin.LOCAL))));

            assertThat(scene.reveal("contended")).isEqualTo(key);
        }
    }
}
