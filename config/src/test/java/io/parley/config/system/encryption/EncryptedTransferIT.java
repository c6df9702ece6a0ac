package io.parley.config.system.encryption;

import static io.parley.config.system.encryption.EncryptionScene.CONVERSATIONS;
import static io.parley.config.system.encryption.EncryptionScene.FILES;
import static io.parley.config.system.encryption.EncryptionScene.TASKS;
import static io.parley.config.system.encryption.EncryptionScene.message;
import static io.parley.config.system.encryption.EncryptionScene.messages;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.Pages;
import io.parley.config.system.harness.ParleyJar;
import io.parley.config.system.harness.SharedJarExtension;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is encrypted is exported in clear, and imported encrypted. */
@ExtendWith(SharedJarExtension.class)
class EncryptedTransferIT {
    private final EncryptionScene scene;

    EncryptedTransferIT(ParleyJar jar, ApiClient api) {
        scene = new EncryptionScene(jar, api);
    }

    @Test
    void exportsFilesInClearAndImportsThemEncrypted() {
        scene.ada.send(scene.upload(scene.secret.getBytes(UTF_8))).expect(201);
        var exported = scene.ada.get("/api/v1/export").expect(200).text();
        assertThat(exported).contains(Base64.getEncoder().encodeToString(scene.secret.getBytes(UTF_8)));

        var grace = scene.grace();
        EncryptionScene.load(grace, exported);

        var imported = Pages.of(grace, FILES, 50).get(0);
        assertThat(imported.get("encrypted").asBoolean()).isTrue();
        assertThat(grace.get(FILES + "/" + imported.get("id").asText() + "/content")
                        .expect(200)
                        .text())
                .isEqualTo(scene.secret);
        scene.assertNothingReadable();
    }

    @Test
    void isExportedInClearAndImportedEncrypted() {
        var conversation = scene.conversation();
        scene.ada.post(messages(conversation), message(scene.secret)).expect(201);
        scene.task();
        var exported = scene.ada.get("/api/v1/export").expect(200).text();
        assertThat(exported.lines().map(Json::read).toList())
                .hasSize(2)
                .allMatch(each -> each.get("encrypted").asBoolean())
                .allMatch(each -> each.get("title").asText().equals(scene.secret));

        var grace = scene.grace();
        EncryptionScene.load(grace, exported);
        var imported = Pages.of(grace, CONVERSATIONS, 50).get(0);
        assertThat(imported.get("encrypted").asBoolean()).isTrue();
        assertThat(Pages.of(grace, messages(imported), 50))
                .singleElement()
                .satisfies(each -> assertThat(each.get("content").asText()).isEqualTo(scene.secret));
        assertThat(Pages.of(grace, TASKS, 50).get(0).get("encrypted").asBoolean())
                .isTrue();

        // The same conversation with another message.
        scene.ada
                .post(messages(conversation), message("more of " + scene.secret))
                .expect(201);
        EncryptionScene.load(grace, scene.ada.get("/api/v1/export").expect(200).text());
        assertThat(Pages.of(grace, messages(imported), 50)).hasSize(2);
        scene.assertNothingReadable();
    }
}
