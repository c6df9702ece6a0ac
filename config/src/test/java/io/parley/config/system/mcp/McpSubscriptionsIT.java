package io.parley.config.system.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Programs that want to hear of what changes. */
@ExtendWith(SharedJarExtension.class)
class McpSubscriptionsIT {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ApiClient api;
    private TestUser ada;

    @BeforeEach
    void register(ApiClient anonymous) {
        api = anonymous;
        ada = TestUser.registered(anonymous, "ada");
    }

    @Test
    void sayWhichOfTheirResourcesHaveChanged() {
        var task = "parley://task/" + made("/api/v1/tasks", "{\"title\":\"Water the ferns\"}");
        var conversation = made("/api/v1/conversations", "{}");
        var wanted = filter(task, "parley://conversation/" + conversation, "file:///etc/passwd")
                .put("resourcesListChanged", true)
                .put("toolsListChanged", true);

        try (var lines = lines(ada.accessToken(), wanted)) {
            var frames = frames(lines);
            var acknowledged = frames.next();
            assertThat(acknowledged.get("method").asText()).isEqualTo("notifications/subscriptions/acknowledged");
            assertThat(acknowledged.at("/params/notifications"))
                    .isEqualTo(filter(task, "parley://conversation/" + conversation)
                            .put("resourcesListChanged", true));
            ada.api()
                    .patch("/api/v1/tasks/" + task.replaceFirst(".*/", ""), "{\"title\":\"Water them\"}")
                    .expect(200);
            assertThat(frames.next().at("/params/uri").asText()).isEqualTo(task);
            made("/api/v1/tasks", "{\"title\":\"Another\"}");
            assertThat(frames.next().get("method").asText()).isEqualTo("notifications/resources/list_changed");
            made("/api/v1/conversations/" + conversation + "/messages", "{\"role\":\"user\",\"content\":\"Hello\"}");
            var said = frames.next();
            assertThat(said.get("method").asText()).isEqualTo("notifications/resources/updated");
            assertThat(said.at("/params/uri").asText()).endsWith(conversation);
            assertThat(said.at("/params/_meta")
                            .get("io.modelcontextprotocol/subscriptionId")
                            .asText())
                    .isEqualTo("listen-1");
        }
    }

    @Test
    void sayNothingOfOthersAndEndWithTheSession() {
        var grace = TestUser.registered(api, "grace");
        var task = "parley://task/" + made("/api/v1/tasks", "{\"title\":\"Mine\"}");

        try (var lines = lines(grace.accessToken(), filter(task))) {
            var frames = frames(lines);
            frames.next();
            ada.api().delete("/api/v1/tasks/" + task.replaceFirst(".*/", "")).expect(204);
            grace.api()
                    .post(
                            "/api/v1/auth/logout",
                            Json.object()
                                    .put("refresh_token", grace.refreshToken())
                                    .toString())
                    .expect(204);
            var last = frames.next();
            assertThat(last.at("/result/resultType").asText()).isEqualTo("complete");
            assertThat(last.get("id").asText()).isEqualTo("listen-1");
            assertThat(frames.hasNext()).isFalse();
        }
    }

    @Test
    void refuseWhatTheyAreNotPermittedAndWhatIsNoFilter() {
        var token = ada.api()
                .post("/api/v1/tokens", "{\"name\":\"Editor\",\"scopes\":[\"tasks:read\"]}")
                .expect(201)
                .json()
                .get("token")
                .asText();
        var conversation = "parley://conversation/" + made("/api/v1/conversations", "{}");

        var forbidden = send(token, filter(conversation), BodyHandlers.ofString());
        assertThat(forbidden.statusCode()).isEqualTo(403);
        assertThat(forbidden.headers().firstValue("WWW-Authenticate").orElse(""))
                .contains("scope=\"conversations:read\"");
        for (var filter : List.of("[]", "{\"resourceSubscriptions\":1}", "{\"resourceSubscriptions\":[1]}", "null")) {
            var refused = send(token, Json.read(filter), BodyHandlers.ofString());
            assertThat(refused.statusCode()).as(filter).isEqualTo(400);
            assertThat(Json.read(refused.body()).at("/error/code").asInt()).isEqualTo(-32602);
        }
    }

    private String made(String path, String body) {
        return ada.api().post(path, body).expect(201).json().get("id").asText();
    }

    private static ObjectNode filter(String... uris) {
        var filter = Json.object();
        Stream.of(uris).forEach(filter.putArray("resourceSubscriptions")::add);
        return filter;
    }

    private Stream<String> lines(String token, JsonNode filter) {
        var answer = send(token, filter, BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private static Iterator<JsonNode> frames(Stream<String> lines) {
        return lines.filter(line -> line.startsWith("data: "))
                .map(line -> Json.read(line.substring("data: ".length())))
                .iterator();
    }

    private <T> HttpResponse<T> send(String token, JsonNode filter, BodyHandler<T> answer) {
        var params = Json.object();
        params.putObject("_meta")
                .put("io.modelcontextprotocol/protocolVersion", "2026-07-28")
                .putObject("io.modelcontextprotocol/clientCapabilities");
        params.set("notifications", filter);
        var body = Json.object()
                .put("jsonrpc", "2.0")
                .put("id", "listen-1")
                .put("method", "subscriptions/listen")
                .set("params", params);
        try {
            return http.send(
                    HttpRequest.newBuilder(api.server().resolve("/mcp"))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .header("Accept", "application/json, text/event-stream")
                            .header("MCP-Protocol-Version", "2026-07-28")
                            .header("Mcp-Method", "subscriptions/listen")
                            .POST(BodyPublishers.ofString(body.toString()))
                            .build(),
                    answer);
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }
}
