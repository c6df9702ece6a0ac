package io.parley.config.system.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.Pages;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ParleyJar;
import java.util.List;
import java.util.UUID;

/** A user who encrypts, and what is made with a secret word in it. */
final class EncryptionScene {
    static final String CONVERSATIONS = "/api/v1/conversations";
    static final String TASKS = "/api/v1/tasks";
    static final String FILES = "/api/v1/files";

    final ParleyJar jar;
    final TestUser user;
    final ApiClient ada;

    /** A word that occurs nowhere else. */
    final String secret = "quokka" + UUID.randomUUID().toString().replace("-", "");

    private final ApiClient api;

    EncryptionScene(ParleyJar jar, ApiClient api) {
        this.jar = jar;
        this.api = api;
        this.user = TestUser.registered(api, "ada");
        this.ada = user.api();
    }

    /** Another user. */
    ApiClient grace() {
        return TestUser.registered(api, "grace").api();
    }

    JsonNode conversation() {
        var body = Json.object().put("encrypted", true).put("title", secret);
        body.put("description", secret)
                .put("instructions", secret)
                .putObject("metadata")
                .put("animal", secret);
        return ada.post(CONVERSATIONS, body.toString()).expect(201).json();
    }

    JsonNode task() {
        var body = Json.object().put("encrypted", true).put("title", secret).put("description", secret);
        return ada.post(TASKS, body.toString()).expect(201).json();
    }

    ApiRequest upload(byte[] content) {
        return ApiRequest.of("POST", FILES + "?encrypted=true&name=" + secret + ".txt")
                .with("Content-Type", "application/octet-stream")
                .carrying(content);
    }

    static String messages(JsonNode conversation) {
        return CONVERSATIONS + "/" + conversation.get("id").asText() + "/messages";
    }

    static String message(String content) {
        return Json.object().put("role", "user").put("content", content).toString();
    }

    List<JsonNode> items(String list) {
        return Pages.of(ada, list, 50);
    }

    void load(String lines) {
        load(ada, lines);
    }

    static void load(ApiClient owner, String lines) {
        assertThat(owner.send(ApiRequest.of("POST", "/api/v1/import").lines(lines))
                        .expect(200)
                        .json()
                        .get("failed"))
                .isEmpty();
    }

    void assertNothingReadable(String... words) {
        new StoredBytes(jar).assertNone(words);
    }

    void assertNothingReadable() {
        assertNothingReadable(secret);
    }
}
