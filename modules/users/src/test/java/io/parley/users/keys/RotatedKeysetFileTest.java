package io.parley.users.keys;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.users.keys.KeyRotationScene.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.ApiKeys.ApiKeyDraft;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.storage.keys.KeysetException;
import io.parley.storage.keys.KeysetFile;
import io.parley.storage.keys.KeysetSettings;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a rotation does if it cannot use the file of the keyset. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class RotatedKeysetFileTest {
    private final KeyRotationScene scene;
    private KeyRotation command;

    RotatedKeysetFileTest(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = new KeyRotationScene(vertx, bus, database, folder.resolve("keyset.json"));
    }

    @BeforeEach
    void deploy() {
        scene.deployWithNone();
        command = scene.rotation();
    }

    @Test
    void keepsTheKeysetIfItCannotWriteANewOne() throws IOException {
        var keys = scene.create(2);
        var before = Files.readString(scene.file());
        var lock = scene.file().resolveSibling("keyset.json.lock");
        Files.delete(lock);
        Files.createDirectory(lock);

        assertThat(problemOf(scene.bus().ask(ApiKeys.ROTATE, new ApiKeys.Rotate()))
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
        assertThatThrownBy(() -> new KeysetFile(scene.file()).rotate())
                .isInstanceOf(KeysetException.class)
                .hasMessageContaining(scene.file().toString())
                .message()
                .hasLineCount(1);

        assertThat(scene.file()).hasContent(before);
        assertThat(scene.revealed(keys)).isEqualTo(keys);
        Files.delete(lock);
        assertThat(Answers.of(scene.bus().ask(ApiKeys.ROTATE, new ApiKeys.Rotate()))
                        .keys())
                .isEqualTo(2);
        assertThat(scene.revealed(keys)).isEqualTo(keys);
    }

    @Test
    void encryptsNothingWithAKeyThatIsNotOnDisk() throws IOException {
        scene.create(1);
        Files.delete(scene.file());

        assertThat(problemOf(scene.bus()
                                .ask(
                                        ApiKeys.CREATE,
                                        new ApiKeys.Create(
                                                ada, new ApiKeyDraft("lost", new Secret("a key"), null), Origin.LOCAL)))
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
        assertThat(problemOf(command.rotate(new ApiKeys.Rotate())).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(scene.reveal("provider 0")).isEqualTo(new Secret("secret 0"));
    }

    @Test
    void refusesToRotateAKeysetFromASetting() throws IOException {
        var keys = scene.create(3);
        var given = new Secret(
                new KeysetFile(scene.file()).read().withNewPrimary().text().value());
        Files.delete(scene.file());
        var withSetting = scene.rotation(new KeysetSettings(given, scene.file()));

        assertThat(problemOf(withSetting.rotate(new ApiKeys.Rotate())).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(pass(withSetting).rows()).isEqualTo(3);

        scene.deploy(new KeysetSettings(given, scene.file()));
        assertThat(scene.revealed(keys)).isEqualTo(keys);
        assertThat(scene.file()).doesNotExist();
    }
}
