package io.parley.config.system.encryption;

import static io.parley.config.system.encryption.EncryptionScene.CONVERSATIONS;
import static io.parley.config.system.encryption.EncryptionScene.FILES;
import static io.parley.config.system.encryption.EncryptionScene.TASKS;
import static io.parley.config.system.encryption.EncryptionScene.message;
import static io.parley.config.system.encryption.EncryptionScene.messages;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.Parallel;
import io.parley.config.system.harness.CommandRunner;
import io.parley.config.system.harness.JarDatabase;
import io.parley.config.system.harness.ParleyJar;
import io.parley.config.system.harness.SharedJarExtension;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is encrypted can be used as everything else, except that searches do not find it. */
@ExtendWith(SharedJarExtension.class)
class EncryptionIT {
    private final EncryptionScene scene;

    EncryptionIT(ParleyJar jar, ApiClient api) {
        scene = new EncryptionScene(jar, api);
    }

    @Test
    void answersTheSameRequestAgain() {
        var request = ApiRequest.of("POST", CONVERSATIONS)
                .json("{\"encrypted\":true,\"title\":\"" + scene.secret + "\"}")
                .with("Idempotency-Key", UUID.randomUUID().toString());

        var first = scene.ada.send(request).expect(201);
        var again = scene.ada.send(request).expect(201);

        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(first.json().get("title").asText()).isEqualTo(scene.secret);
        scene.assertNothingReadable();
    }

    @Test
    void isCountedAndNotFoundBySearches() {
        assertThat(search())
                .isEqualTo(Json.read(
                        "{\"items\":[],\"next_cursor\":null," + "\"not_searched\":{\"conversations\":0,\"tasks\":0}}"));
        var conversation = scene.conversation();
        scene.ada.post(messages(conversation), message(scene.secret)).expect(201);
        scene.task();

        var found = search();
        assertThat(found.get("items")).isEmpty();
        assertThat(found.get("not_searched")).isEqualTo(Json.read("{\"conversations\":1,\"tasks\":1}"));
        assertThat(scene.ada
                        .get(TASKS + "?q=" + scene.secret)
                        .expect(200)
                        .json()
                        .get("items"))
                .isEmpty();

        scene.ada.delete(CONVERSATIONS + "/" + conversation.get("id").asText()).expect(204);
        assertThat(search().get("not_searched")).isEqualTo(Json.read("{\"conversations\":0,\"tasks\":1}"));
        assertThat(scene.ada.get(CONVERSATIONS + "?deleted=true").expect(200).text())
                .contains(scene.secret);
        scene.ada
                .post(CONVERSATIONS + "/" + conversation.get("id").asText() + "/restore", "")
                .expect(200);
        assertThat(scene.items(messages(conversation)).toString()).contains(scene.secret);
    }

    private JsonNode search() {
        return scene.ada.get("/api/v1/search?q=" + scene.secret).expect(200).json();
    }

    @Test
    void isChangedByAllWhoChangeItAtTheSameTime() {
        var conversation = CONVERSATIONS + "/" + scene.conversation().get("id").asText();
        var changes = IntStream.range(0, 40)
                .mapToObj(each -> ApiRequest.of("PATCH", conversation + "?metadata=merge")
                        .json("{\"metadata\":{\"key" + each + "\":" + each + "}}"))
                .toList();

        var answers = Parallel.all(changes.stream()
                .<Supplier<Integer>>map(change -> () -> scene.ada.send(change).status())
                .toList());
        assertThat(answers).containsOnly(200);
        var keys = scene.ada.get(conversation).expect(200).json().get("metadata");
        for (int each = 0; each < 40; each++)
            assertThat(keys.path("key" + each).asInt(-1)).isEqualTo(each);

        var renamed = ApiRequest.of("PATCH", conversation).json("{\"title\":\"" + scene.secret + "\"}");
        assertThat(Parallel.times(40, () -> scene.ada.send(renamed).status())).containsOnly(200);
    }

    @Test
    void cannotBeChangedLater() {
        for (var made : List.of(
                CONVERSATIONS + "/" + scene.conversation().get("id").asText(),
                TASKS + "/" + scene.task().get("id").asText())) {
            assertThat(scene.ada.get(made).expect(200).json().get("encrypted").asBoolean())
                    .isTrue();
            for (var value : List.of("true", "false", "null"))
                assertThat(scene.ada
                                .patch(made, "{\"encrypted\":" + value + "}")
                                .expect(400)
                                .pointers())
                        .containsExactly("/encrypted");
        }
    }

    @Test
    void isTheDefaultOfThoseWhoChooseIt() {
        assertThat(isEncrypted(CONVERSATIONS, "{}")).isFalse();
        assertThat(scene.ada
                        .patch("/api/v1/users/me", "{\"encrypt_by_default\":true}")
                        .expect(200)
                        .json()
                        .get("encrypt_by_default")
                        .asBoolean())
                .isTrue();

        assertThat(isEncrypted(CONVERSATIONS, "{}")).isTrue();
        assertThat(isEncrypted(CONVERSATIONS, "{\"encrypted\":null}")).isTrue();
        assertThat(isEncrypted(CONVERSATIONS, "{\"encrypted\":false}")).isFalse();
        assertThat(isEncrypted(TASKS, "{\"title\":\"Pack\"}")).isTrue();
        scene.load(
                "{\"type\":\"conversation\",\"title\":\"Imported\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
        assertThat(scene.items(CONVERSATIONS).get(0).get("encrypted").asBoolean())
                .isTrue();

        var file = ApiRequest.of("POST", FILES)
                .with("Content-Type", "application/octet-stream")
                .carrying("Hi".getBytes(UTF_8));
        assertThat(scene.ada.send(file).expect(201).json().get("encrypted").asBoolean())
                .isTrue();

        scene.ada.patch("/api/v1/users/me", "{\"encrypt_by_default\":null}").expect(200);
        assertThat(scene.ada.send(file).expect(201).json().get("encrypted").asBoolean())
                .isFalse();
        assertThat(isEncrypted(CONVERSATIONS, "{}")).isFalse();
    }

    private boolean isEncrypted(String list, String body) {
        return scene.ada.post(list, body).expect(201).json().get("encrypted").asBoolean();
    }

    @Test
    void survivesNewKeys() throws Exception {
        var before = scene.conversation();
        var file = scene.ada.send(scene.upload(scene.secret.getBytes(UTF_8))).header("Location");
        CommandRunner.run(scene.jar, "keys", "rotate");
        assertThat(CommandRunner.run(scene.jar, "keys", "rotate", "--user-keys"))
                .containsPattern("new key: [1-9]");
        var after = scene.conversation();

        for (var each : List.of(before, after))
            assertThat(scene.ada
                            .get(CONVERSATIONS + "/" + each.get("id").asText())
                            .expect(200)
                            .json()
                            .get("title")
                            .asText())
                    .isEqualTo(scene.secret);
        assertThat(scene.ada.get(file + "/content").expect(200).text()).isEqualTo(scene.secret);
    }

    @Test
    void goesWithItsKeyWhenTheAccountIsDeleted() {
        scene.conversation();
        var database = JarDatabase.of(scene.jar);
        var keys = "SELECT count(*)::text FROM user_keys WHERE user_id = '" + scene.user.id() + "'";
        assertThat(database.read(keys)).containsExactly("1");

        scene.ada.send(ApiRequest.of("DELETE", "/api/v1/users/me")).expect(204);

        assertThat(database.read(keys)).containsExactly("0");
    }

    @Test
    void answersUnavailableForWhatWasTamperedWith() {
        var task = scene.task();
        JarDatabase.of(scene.jar)
                .execute("UPDATE tasks SET sealed = set_byte(sealed, length(sealed) - 1, 255 - get_byte(sealed,"
                        + " length(sealed) - 1)) WHERE id = '" + task.get("id").asText() + "'");

        var refused = scene.ada.get(TASKS + "/" + task.get("id").asText()).expect(503);

        assertThat(refused.text()).doesNotContain("sealed", scene.secret);
        scene.ada.get(TASKS).expect(503);
    }
}
