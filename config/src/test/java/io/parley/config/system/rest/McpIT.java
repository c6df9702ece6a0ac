package io.parley.config.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestFiles;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A program with a personal token that uses Parley's tools. */
@ExtendWith(SharedJarExtension.class)
class McpIT {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ApiClient api;
    private TestUser ada;
    private String token;

    @BeforeEach
    void register(ApiClient anonymous) {
        api = anonymous;
        ada = TestUser.registered(anonymous, "ada");
        token = token(ada, "\"tasks:write\",\"conversations:write\"");
    }

    @Test
    void describesItsToolsSoThatEveryClientTakesThem() {
        var tools = request("tools/list", Json.object()).at("/result/tools");
        assertThat(tools.findValuesAsText("name"))
                .contains("add_task", "list_tasks", "search", "add_message")
                // Clients add a prefix of up to 43 characters (a connector's UUID).
                .allMatch(name -> name.length() <= 21);
        for (var tool : tools) {
            assertThat(tool.get("title").asText()).isNotBlank();
            assertThat(tool.at("/outputSchema/type").asText()).isEqualTo("object");
            assertThat(tool.at("/annotations/openWorldHint").isBoolean()).isTrue();
            assertThat(tool.toString()).doesNotContain("$ref", "oneOf", "anyOf", "allOf");
            for (var property : tool.at("/inputSchema/properties")) {
                assertThat(property.path("type").isTextual())
                        .as(tool.toString())
                        .isTrue();
                assertThat(property.path("description").asText())
                        .as(tool.toString())
                        .isNotBlank();
            }
        }
    }

    @Test
    void keepsTasks() {
        var id = UUID.randomUUID().toString();
        var draft = Json.object().put("id", id).put("title", "Water the ferns").put("due_date", "2099-03-01T10:00:00Z");
        var added = call("add_task", draft);
        assertThat(added.get("id").asText()).isEqualTo(id);
        assertThat(call("add_task", draft).get("id").asText()).isEqualTo(id);
        assertThat(call("list_tasks", Json.object().put("limit", "5")).get("tasks"))
                .hasSize(1);
        assertThat(call("update_task", Json.object().put("id", id).put("priority", "high"))
                        .get("priority")
                        .asText())
                .isEqualTo("high");
        assertThat(call("complete_task", Json.object().put("id", id))
                        .get("status")
                        .asText())
                .isEqualTo("completed");
        assertThat(call("search", Json.object().put("q", "ferns"))
                        .at("/hits/0/type")
                        .asText())
                .isEqualTo("task");
        var deleted = call("delete_task", Json.object().put("id", id));
        assertThat(deleted.get("deleted").asBoolean()).isTrue();
        ada.api().get("/api/v1/tasks/" + id).expect(404);
    }

    @Test
    void keepsConversations() {
        var made = call("create_conversation", Json.object().put("title", "Ferns"));
        var conversation = made.get("id").asText();
        var message = Json.object()
                .put("id", UUID.randomUUID().toString())
                .put("conversation_id", conversation)
                .put("content", "How often do ferns need <water>?");
        assertThat(call("add_message", message).get("role").asText()).isEqualTo("user");
        call("add_message", message);
        assertThat(call("read_conversation", Json.object().put("id", conversation))
                        .get("messages"))
                .hasSize(1);
        assertThat(call("list_conversations", Json.object()).get("conversations"))
                .hasSize(1);
        assertThat(call("search", Json.object().put("q", "water").put("type", "message"))
                        .at("/hits/0/snippet")
                        .asText())
                .contains("<water>");
    }

    @Test
    void showsTasksAndConversationsAsResources() {
        var task = call("add_task", Json.object().put("title", "Water the ferns"))
                .get("id")
                .asText();
        var conversation = call("create_conversation", Json.object().put("title", "Ferns"))
                .get("id")
                .asText();
        var first = request("resources/list", Json.object()).get("result");
        var second = request(
                        "resources/list",
                        Json.object().put("cursor", first.get("nextCursor").asText()))
                .get("result");
        assertThat(first.findValuesAsText("uri")).containsExactly("parley://conversation/" + conversation);
        assertThat(second.findValuesAsText("uri")).containsExactly("parley://task/" + task);
        assertThat(second.has("nextCursor")).isFalse();
        for (var uri : List.of("parley://conversation/" + conversation, "parley://task/" + task)) {
            var contents =
                    request("resources/read", Json.object().put("uri", uri)).at("/result/contents/0");
            assertThat(contents.get("uri").asText()).isEqualTo(uri);
            assertThat(Json.read(contents.get("text").asText()).get("id").asText())
                    .isEqualTo(uri.replaceFirst(".*/", ""));
        }
        var missing = Json.object().put("uri", "parley://task/" + UUID.randomUUID());
        assertThat(request("resources/read", missing).at("/error/code").asInt()).isEqualTo(-32602);
        token = token(TestUser.registered(api, "grace"), "\"tasks:read\"");
        var others = Json.object().put("jsonrpc", "2.0").put("id", 1).put("method", "resources/read");
        others.set("params", Json.object().put("uri", "parley://task/" + task));
        assertThat(send(others.toString()).statusCode()).isEqualTo(403);
        others.set("params", Json.object().put("uri", "parley://conversation/" + conversation));
        assertThat(send(others.toString())
                        .headers()
                        .firstValue("WWW-Authenticate")
                        .orElseThrow())
                .contains("scope=\"conversations:read\"");
    }

    @Test
    void offersTheUsersInstructionsAsAPrompt() {
        assertThat(request("prompts/list", Json.object()).at("/result/prompts")).isEmpty();
        ada.api()
                .patch("/api/v1/users/me", "{\"instructions\":\"Answer in verse.\"}")
                .expect(200);
        assertThat(request("prompts/list", Json.object())
                        .at("/result/prompts/0/name")
                        .asText())
                .isEqualTo("instructions");
        assertThat(request("prompts/get", Json.object().put("name", "instructions"))
                        .at("/result/messages/0/content/text")
                        .asText())
                .isEqualTo("Answer in verse.");
    }

    @Test
    void saysWhatIsWrongToTheModel() {
        var task = ada.api()
                .post("/api/v1/tasks", "{\"title\":\"Mine\"}")
                .expect(201)
                .json()
                .get("id");
        token = token(TestUser.registered(api, "grace"), "\"tasks:write\"");
        for (var arguments : List.of(
                Json.object().put("id", task.asText()),
                Json.object().put("id", UUID.randomUUID().toString()),
                Json.object().put("id", "1"),
                Json.object().put("what", 1))) {
            var result =
                    request("tools/call", params("complete_task", arguments)).get("result");
            assertThat(result.get("isError").asBoolean()).isTrue();
            assertThat(result.has("structuredContent")).isFalse();
            assertThat(Json.read(result.at("/content/0/text").asText())
                            .get("error")
                            .asText())
                    .isNotBlank();
        }
    }

    @Test
    void namesTheFilesOfMessages() {
        var file = TestFiles.upload(ada.api(), "lake.png", TestFiles.PNG);
        var conversation = ada.api()
                .post("/api/v1/conversations", "{}")
                .expect(201)
                .json()
                .get("id")
                .asText();
        ada.api()
                .post(
                        "/api/v1/conversations/" + conversation + "/messages",
                        "{\"role\":\"user\",\"parts\":[{\"type\":\"file\",\"file_id\":\"" + file + "\"}]}")
                .expect(201);

        var read = call("read_conversation", Json.object().put("id", conversation));

        assertThat(read.at("/messages/0/files"))
                .isEqualTo(Json.read("[{\"id\":\"" + file + "\",\"name\":\"lake.png\"}]"));
    }

    /** The result, which has what the schema of the tool requires. */
    private JsonNode call(String tool, JsonNode arguments) {
        var result = request("tools/call", params(tool, arguments)).get("result");
        assertThat(result.get("isError").asBoolean()).as(result.toString()).isFalse();
        for (var each : request("tools/list", Json.object()).at("/result/tools"))
            if (each.get("name").asText().equals(tool))
                for (var name : each.at("/outputSchema/required"))
                    assertThat(result.get("structuredContent").has(name.asText()))
                            .as(name + " in " + result)
                            .isTrue();
        return result.get("structuredContent");
    }

    private static JsonNode params(String tool, JsonNode arguments) {
        return Json.object().put("name", tool).set("arguments", arguments);
    }

    private JsonNode request(String method, JsonNode params) {
        var body = Json.object()
                .put("jsonrpc", "2.0")
                .put("id", 1)
                .put("method", method)
                .set("params", params);
        var response = send(body.toString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Json.read(response.body());
    }

    private HttpResponse<String> send(String body) {
        try {
            return http.send(
                    HttpRequest.newBuilder(api.server().resolve("/mcp"))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private static String token(TestUser owner, String scopes) {
        return owner.api()
                .post("/api/v1/tokens", "{\"name\":\"Editor\",\"scopes\":[" + scopes + "]}")
                .expect(201)
                .json()
                .get("token")
                .asText();
    }
}
