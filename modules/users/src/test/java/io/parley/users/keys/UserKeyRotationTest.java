package io.parley.users.keys;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.margaret;
import static io.parley.users.keys.KeyRotationScene.BATCH;
import static io.parley.users.keys.KeyRotationScene.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.ApiKeys.Reencrypted;
import io.parley.kernel.Bus;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.keys.KeysetSettings;
import io.parley.storage.keys.Seal;
import io.parley.storage.keys.UserKeys;
import io.parley.storage.sealing.UserKeyStore;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class UserKeyRotationTest {
    private final KeyRotationScene scene;
    private KeyRotation command;

    UserKeyRotationTest(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = new KeyRotationScene(vertx, bus, database, folder.resolve("keyset.json"));
    }

    @BeforeEach
    void deploy() {
        scene.deployWithNone();
        command = scene.rotation();
    }

    @Test
    void wrapsTheKeysOfUsersAnewAndAddsSome() {
        var settings = new KeysetSettings(null, scene.file());
        var keys = new UserKeys(scene.vertx(), settings, new UserKeyStore(scene.database()));
        var ids = List.of(ada.userId(), grace.userId(), margaret.userId());
        ids.forEach(id -> Answers.of(keys.require(id)));
        var sealed = seal(keys, "before");

        Answers.of(command.rotate(new ApiKeys.Rotate()));
        assertThat(pass(command)).returns(3, Reencrypted::rows).returns(0, Reencrypted::unreadable);
        assertThat(pass(command).rows()).isZero();
        var added = Answers.of(scene.bus().ask(ApiKeys.ROTATE_USER_KEYS, new ApiKeys.RotateUserKeys(null, BATCH)));
        assertThat(added.rows()).isEqualTo(3);
        assertThat(Answers.of(
                        scene.bus().ask(ApiKeys.ROTATE_USER_KEYS, new ApiKeys.RotateUserKeys(added.last(), BATCH))))
                .returns(0, Reencrypted::rows)
                .returns(null, Reencrypted::last);

        var reread = new UserKeys(scene.vertx(), settings, new UserKeyStore(scene.database()));
        var newer = seal(reread, "after");
        assertThat(newer.getBuffer(0, 5)).isNotEqualTo(sealed.getBuffer(0, 5));
        for (var each : List.of(keys, reread)) {
            assertThat(open(each, sealed)).isEqualTo(Map.of("text", "before"));
            assertThat(open(each, newer)).isEqualTo(Map.of("text", "after"));
        }
        Answers.of(OwnerDatabase.of(scene.database())
                .query("DELETE FROM user_keys")
                .run(Parameters.none()));
    }

    private static Buffer seal(UserKeys keys, String text) {
        return new Seal(keys, "tasks", List.of("id"))
                .seal(Answers.of(keys.require(ada.userId())), "7", Map.of("text", text));
    }

    private static Map<String, String> open(UserKeys keys, Buffer sealed) {
        return Answers.of(new Seal(keys, "tasks", List.of("id")).open(ada.userId(), "7", sealed));
    }
}
