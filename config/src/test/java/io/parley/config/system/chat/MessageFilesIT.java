package io.parley.config.system.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestFiles;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ModelHost;
import io.parley.config.system.harness.ParleyJar;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelScript;
import io.vertx.core.json.JsonArray;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages with files, from their upload to the model. */
class MessageFilesIT {
    private static final ModelHost host = new ModelHost();
    private static ParleyJar jar;

    private TestUser ada;
    private String conversation;

    @BeforeAll
    static void start() {
        jar = ParleyJar.start(ParleyJar.freshData(), host.settingsWithImages());
    }

    @AfterAll
    static void stop() {
        jar.close();
        host.close();
    }

    @BeforeEach
    void begin() {
        ada = TestUser.registered(new ApiClient(jar.uri()), "ada");
        conversation = post("/api/v1/conversations", "{}").get("id").asText();
    }

    @Test
    void showsTheModelImagesAndDocuments() {
        var lake = TestFiles.upload(ada.api(), "lake.png", TestFiles.PNG);
        var map = TestFiles.upload(ada.api(), "map.pdf", TestFiles.PDF);
        var notes = TestFiles.upload(ada.api(), "notes.txt", "Bring a tent.".getBytes(UTF_8));
        host.model.plays(ModelScript.answer("A lake."));

        var answer = chat(
                "{\"parts\":[" + text("Which lake?") + "," + file(lake) + "," + file(map) + "," + file(notes) + "]}");

        var content = asked();
        assertThat(content.getJsonObject(0).getString("text")).isEqualTo("Which lake?");
        assertThat(content.getJsonObject(1).getJsonObject("image_url").getString("url"))
                .isEqualTo(TestFiles.dataUrl("image/png", TestFiles.PNG));
        assertThat(content.getJsonObject(2).getJsonObject("file").getString("filename"))
                .isEqualTo("map.pdf");
        assertThat(content.getJsonObject(2).getJsonObject("file").getString("file_data"))
                .isEqualTo(TestFiles.dataUrl("application/pdf", TestFiles.PDF));
        assertThat(content.getJsonObject(3).getString("text"))
                .contains("notes.txt")
                .endsWith("Bring a tent.");
        var question = answer.at("/messages/0");
        assertThat(question.get("content").asText()).isEqualTo("Which lake?");
        assertThat(question.at("/parts/1"))
                .isEqualTo(Json.read("{\"type\":\"file\",\"text\":null,\"file_id\":\"" + lake
                        + "\",\"name\":\"lake.png\",\"media_type\":\"image/png\",\"size\":" + TestFiles.PNG.length
                        + "}"));
    }

    @Test
    void tellsAModelInWordsWhatItIsNotShown() {
        var lake = TestFiles.upload(ada.api(), "lake.png", TestFiles.PNG);
        host.model.plays(ModelScript.answer("A lake."), ModelScript.answer("Blue."), ModelScript.answer("Gone."));
        chat("{\"content\":\"Which lake?\",\"parts\":[" + file(lake) + "]}");
        asked();

        chat("{\"content\":\"Which colour?\",\"model\":\"blind\"}");
        assertThat(sent()).contains("Which lake?", "lake.png", "is not shown").doesNotContain("base64");

        ada.api().delete("/api/v1/files/" + lake).expect(204);
        chat("{\"content\":\"And now?\"}");
        assertThat(sent()).contains("lake.png", "was deleted").doesNotContain("base64");
        var first = ada.api()
                .get("/api/v1/conversations/" + conversation + "/messages")
                .json()
                .at("/items/0");
        assertThat(first.at("/parts/1/file_id").asText()).isEqualTo(lake);
    }

    @Test
    void namesAConversationAfterItsFileIfNothingIsSaid() {
        var lake = TestFiles.upload(ada.api(), "lake.png", TestFiles.PNG);
        host.model.plays(ModelScript.answer("A lake."));

        chat("{\"parts\":[" + file(lake) + "]}");

        asked();
        assertThat(ada.api()
                        .get("/api/v1/conversations/" + conversation)
                        .json()
                        .get("title")
                        .asText())
                .isEqualTo("lake.png");
    }

    @Test
    void refusesFilesThatTheModelDoesNotTake() {
        var lake = TestFiles.upload(ada.api(), "lake.png", TestFiles.PNG);
        var zip = TestFiles.upload(ada.api(), "a.zip", new byte[] {'P', 'K', 3, 4, 0, 0});
        var path = "/api/v1/chat/conversations/" + conversation + "/messages";

        assertThat(ada.api()
                        .post(path, "{\"content\":\"?\",\"model\":\"blind\",\"parts\":[" + file(lake) + "]}")
                        .expect(400)
                        .pointers())
                .containsExactly("/parts/1");
        assertThat(ada.api()
                        .post(path, "{\"parts\":[" + file(zip) + "]}")
                        .expect(400)
                        .pointers())
                .containsExactly("/parts/0");
        assertThat(ada.api()
                        .get("/api/v1/conversations/" + conversation + "/messages")
                        .json()
                        .get("items"))
                .isEmpty();
    }

    @Test
    void keepsUsersFilesApart() {
        var grace = TestUser.registered(new ApiClient(jar.uri()), "grace").api();
        var hers = TestFiles.upload(grace, "diary.txt", "Dear diary".getBytes(UTF_8));

        for (var path : new String[] {"/api/v1/chat/conversations/", "/api/v1/conversations/"}) {
            var url = path + conversation + "/messages";
            ada.api().post(url, body(path, hers)).expect(403);
            ada.api().post(url, body(path, UUID.randomUUID().toString())).expect(404);
        }
    }

    private static String body(String path, String file) {
        return "{" + (path.contains("chat") ? "" : "\"role\":\"user\",") + "\"parts\":[" + file(file) + "]}";
    }

    @Test
    void bringsFilesAndMessagesIntoAnotherAccount() {
        var lake = TestFiles.upload(ada.api(), "lake.png", TestFiles.PNG);
        post(
                "/api/v1/conversations/" + conversation + "/messages",
                "{\"role\":\"user\",\"parts\":[" + file(lake) + "]}");
        var lines = ada.api().get("/api/v1/export").expect(200).text();

        var grace = TestUser.registered(new ApiClient(jar.uri()), "grace").api();
        var report = grace.send(ApiRequest.of("POST", "/api/v1/import").lines(lines))
                .expect(200)
                .json();

        assertThat(report.get("failed")).isEmpty();
        var message = grace.get("/api/v1/messages").json().at("/items/0");
        assertThat(message.at("/parts/0/name").asText()).isEqualTo("lake.png");
        var id = message.at("/parts/0/file_id").asText();
        assertThat(grace.get("/api/v1/files/" + id)
                        .expect(200)
                        .json()
                        .get("size")
                        .asInt())
                .isEqualTo(TestFiles.PNG.length);
        assertThat(grace.send(ApiRequest.of("POST", "/api/v1/import").lines(lines))
                        .expect(200)
                        .json()
                        .get("failed"))
                .isEmpty();
    }

    private static String text(String text) {
        return "{\"type\":\"text\",\"text\":\"" + text + "\"}";
    }

    private static String file(String id) {
        return "{\"type\":\"file\",\"file_id\":\"" + id + "\"}";
    }

    private JsonNode post(String path, String body) {
        return ada.api().post(path, body).expect(201).json();
    }

    private JsonNode chat(String body) {
        return ada.api()
                .post("/api/v1/chat/conversations/" + conversation + "/messages", body)
                .expect(200)
                .json();
    }

    /** The content of the last message that the model was sent. */
    private static JsonArray asked() {
        var messages = Answers.of(host.model.next()).body().getJsonArray("messages");
        return messages.getJsonObject(messages.size() - 1).getJsonArray("content");
    }

    /** All that the model was sent. */
    private static String sent() {
        return Answers.of(host.model.next()).body().encode();
    }
}
