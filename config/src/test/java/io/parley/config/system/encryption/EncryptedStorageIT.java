package io.parley.config.system.encryption;

import static io.parley.config.system.encryption.EncryptionScene.CONVERSATIONS;
import static io.parley.config.system.encryption.EncryptionScene.TASKS;
import static io.parley.config.system.encryption.EncryptionScene.message;
import static io.parley.config.system.encryption.EncryptionScene.messages;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.chat.ChatConversation;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.Pages;
import io.parley.config.system.client.TestFiles;
import io.parley.config.system.harness.ParleyJar;
import io.parley.config.system.harness.SharedJarExtension;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is encrypted cannot be read in the database and its files. */
@ExtendWith(SharedJarExtension.class)
class EncryptedStorageIT {
    private final EncryptionScene scene;

    EncryptedStorageIT(ParleyJar jar, ApiClient api) {
        scene = new EncryptionScene(jar, api);
    }

    @Test
    void leavesNothingReadable() throws Exception {
        var chat =
                new ChatConversation(scene.ada, scene.conversation().get("id").asText());
        scene.ada
                .patch(
                        CONVERSATIONS + "/" + chat.id(),
                        Json.object()
                                .put("description", scene.secret + " again")
                                .toString())
                .expect(200);
        chat.post(message(scene.secret));
        var turn =
                chat.send("remind me to feed the " + scene.secret).expect(200).json();
        var answer = turn.at("/messages")
                .get(turn.at("/messages").size() - 1)
                .get("id")
                .asText();
        scene.ada
                .patch("/api/v1/messages/" + answer, "{\"metadata\":{\"note\":\"" + scene.secret + "\"}}")
                .expect(200);
        scene.ada
                .send(ApiRequest.of("PUT", "/api/v1/messages/" + answer + "/feedback")
                        .json("{\"rating\":\"up\",\"comment\":\"" + scene.secret + "\"}"))
                .expect(200);
        scene.ada.post(CONVERSATIONS + "/" + chat.id() + "/summary", "{}");
        var task = scene.task();
        scene.ada
                .patch(TASKS + "/" + task.get("id").asText(), "{\"description\":\"" + scene.secret + "\"}")
                .expect(200);
        changeTogether(CONVERSATIONS, chat.id());
        changeTogether(TASKS, task.get("id").asText());
        scene.load(line(scene.secret));

        assertThat(chat.messages().toString()).contains(scene.secret);
        assertThat(scene.ada
                        .get(CONVERSATIONS + "?include=preview")
                        .expect(200)
                        .json()
                        .get("items"))
                .hasSize(2)
                .allMatch(each -> each.at("/last_message/preview").asText().contains(scene.secret));
        assertThat(chat.turn(turn.at("/turn/id").asText()).toString()).doesNotContain(scene.secret);
        assertThat(chat.follow(turn.at("/turn/id").asText()).toTheEnd().toString())
                .contains(scene.secret);
        assertThat(scene.items(TASKS))
                .hasSize(2)
                .allMatch(each -> each.get("encrypted").asBoolean());
        assertThat(scene.items(TASKS).toString()).contains(scene.secret);
        scene.assertNothingReadable();
    }

    private void changeTogether(String list, String id) {
        var batch = Json.object();
        var change =
                batch.putArray("operations").addObject().put("op", "update").put("id", id);
        change.putObject("body").put("title", scene.secret + " changed");
        scene.ada
                .send(ApiRequest.of("POST", list + "/batch")
                        .json(batch.toString())
                        .with("Idempotency-Key", UUID.randomUUID().toString()))
                .expect(207);
    }

    private static String line(String text) {
        var line =
                Json.object().put("type", "conversation").put("encrypted", true).put("title", text);
        var message = line.putArray("messages").addObject();
        message.put("role", "assistant")
                .put("content", text)
                .putObject("feedback")
                .put("rating", "up")
                .put("comment", text);
        return line.toString();
    }

    @Test
    void leavesNothingReadableOfPrograms() {
        scene.ada.patch("/api/v1/users/me", "{\"encrypt_by_default\":true}").expect(200);
        var program = new ApiClient(scene.ada.server())
                .as(scene.ada
                        .post(
                                "/api/v1/tokens",
                                "{\"name\":\"Program\",\"scopes\":[\"tasks:write\",\"conversations:write\",\"chat\"]}")
                        .expect(201)
                        .json()
                        .get("token")
                        .asText());
        var item = Json.object().put("role", "user").put("content", scene.secret);
        var wanted = Json.object();
        wanted.putObject("metadata").put("topic", scene.secret);
        wanted.putArray("items").add(item);
        var made =
                program.post("/v1/conversations", wanted.toString()).expect(200).json();
        var path = "/v1/conversations/" + made.get("id").asText();
        var more = Json.object();
        more.putArray("items").add(item);
        program.post(path + "/items", more.toString()).expect(200);

        var asked =
                Json.object().put("input", "add task Feed the " + scene.secret).put("instructions", scene.secret);
        asked.set(
                "tools", Json.read("[{\"type\":\"mcp\",\"server_label\":\"parley\",\"require_approval\":\"never\"}]"));
        var alone = program.post("/v1/responses", asked.toString()).expect(200).json();
        program.post(
                        "/v1/responses",
                        asked.put("conversation", made.get("id").asText()).toString())
                .expect(200);

        assertThat(program.get(path).expect(200).text()).contains(scene.secret);
        assertThat(program.get(path + "/items?limit=5").expect(200).text()).contains(scene.secret);
        assertThat(program.get("/v1/responses/" + alone.get("id").asText())
                        .expect(200)
                        .json())
                .isEqualTo(alone);
        assertThat(scene.items(TASKS))
                .hasSize(2)
                .allMatch(each -> each.get("encrypted").asBoolean());
        scene.assertNothingReadable();
    }

    @Test
    void leavesNothingReadableOfFiles() {
        var content = (scene.secret + "\n").repeat(20_000).getBytes(UTF_8);
        var file = scene.ada.send(scene.upload(content)).expect(201);

        assertThat(file.json().get("encrypted").asBoolean()).isTrue();
        assertThat(file.json().get("name").asText()).isEqualTo(scene.secret + ".txt");
        var place = file.header("Location") + "/content";
        assertThat(scene.ada.get(place).expect(200).text()).isEqualTo(new String(content, UTF_8));
        var part = scene.ada.send(ApiRequest.of("GET", place).with("Range", "bytes=262140-524300"));
        assertThat(part.expect(206).text()).isEqualTo(new String(content, 262140, 524301 - 262140, UTF_8));
        scene.assertNothingReadable(scene.secret, file.json().get("sha256").asText());
    }

    @Test
    void leavesNothingReadableOfPartsOfMessages() {
        var file = TestFiles.upload(scene.ada, "lake.png", TestFiles.PNG);
        var path = messages(scene.conversation());
        var body = Json.object().put("role", "user");
        var parts = body.putArray("parts");
        parts.addObject().put("type", "text").put("text", scene.secret);
        parts.addObject().put("type", "file").put("file_id", file);

        var message = scene.ada.post(path, body.toString()).expect(201).json();

        assertThat(message.at("/parts/0/text").asText()).isEqualTo(scene.secret);
        assertThat(message.at("/parts/1/name").asText()).isEqualTo("lake.png");
        assertThat(scene.items(path)).containsExactly(message);
        var exported = scene.ada.get("/api/v1/export").expect(200).text();
        var grace = scene.grace();
        EncryptionScene.load(grace, exported);
        assertThat(Pages.of(grace, "/api/v1/messages", 50).get(0).get("parts")).isEqualTo(message.get("parts"));
        scene.assertNothingReadable();
    }
}
