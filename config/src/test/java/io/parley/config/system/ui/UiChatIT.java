package io.parley.config.system.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversations as {@code useChat} of the AI SDK has them. */
@ExtendWith(SharedJarExtension.class)
class UiChatIT {
    private static final String CHAT = "/api/v1/ui/chat";

    private final String conversation = UUID.randomUUID().toString();
    private ApiClient anonymous;
    private ApiClient ada;

    @BeforeEach
    void register(ApiClient api) {
        anonymous = api;
        ada = TestUser.registered(api, "ada").api();
    }

    @Test
    void beginsAConversationAndStreamsItsAnswer() {
        var answer = send(message("HzLYWiSJGVEUQBhR", "add task Buy milk"));

        assertThat(answer.contentType()).isEqualTo("text/event-stream");
        assertThat(answer.header("x-vercel-ai-ui-message-stream")).isEqualTo("v1");
        assertThat(answer.header("x-accel-buffering")).isEqualTo("no");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.text()).endsWith("data: [DONE]\n\n");
        assertThat(answer.text().lines().filter(line -> !line.isEmpty() && !line.equals(":")))
                .allMatch(line -> line.startsWith("data: "));
        var chunks = chunks(answer);
        assertThat(types(chunks))
                .startsWith("start", "start-step", "tool-input-available", "tool-output-available")
                .containsSubsequence(
                        "tool-output-available",
                        "finish-step",
                        "start-step",
                        "text-start",
                        "text-delta",
                        "text-end",
                        "finish-step")
                .endsWith("finish");
        var call = chunk(chunks, "tool-input-available");
        assertThat(call.get("toolName").asText()).isEqualTo("add_task");
        assertThat(call.at("/input/title").asText()).isEqualTo("Buy milk");
        assertThat(call.get("dynamic").asBoolean()
                        && call.get("providerExecuted").asBoolean())
                .isTrue();
        var history = history();
        assertThat(history).hasSize(2);
        assertThat(history.get(0).get("id").asText()).isEqualTo("HzLYWiSJGVEUQBhR");
        assertThat(history.get(1).get("id")).isEqualTo(chunk(chunks, "start").get("messageId"));
        assertThat(history.get(1).get("parts").findValuesAsText("type"))
                .containsExactly("step-start", "dynamic-tool", "step-start", "text");
        assertThat(history.get(1).at("/parts/1/output/title").asText()).isEqualTo("Buy milk");
        ada.get(CHAT + "/" + conversation + "/stream").expect(204);
    }

    @Test
    void answersTheSameMessageOnceHoweverOftenItComes() {
        var sent = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> send(message("once", "add task Buy milk"))))
                .limit(4)
                .toList();
        var answers =
                sent.stream().map(CompletableFuture::join).map(UiChatIT::chunks).toList();

        assertThat(answers)
                .allSatisfy(chunks -> assertThat(chunk(chunks, "start").get("messageId"))
                        .isEqualTo(chunk(answers.get(0), "start").get("messageId")));
        assertThat(ada.get("/api/v1/tasks").json().get("items")).hasSize(1);
        assertThat(history()).hasSize(2);
        post(message("once", "another text")).expect(409);
    }

    @Test
    void answersAnewAndTakesEditsWithoutLosingAnything() {
        var first = chunk(chunks(send(message("one", "help"))), "start").get("messageId");
        send(message("two", "list tasks"));

        var again = chunk(chunks(send(message("one", "help").put("trigger", "regenerate-message"))), "start")
                .get("messageId");
        assertThat(again).isNotEqualTo(first);
        assertThat(texts()).hasSize(2);
        for (var text : List.of("list tasks", "list tasks, please", "list tasks"))
            assertThat(chunks(send(message("one", text).put("messageId", "one"))))
                    .isNotEmpty();

        assertThat(history().get(0).get("id").asText()).isEqualTo("one");
        assertThat(texts()).hasSize(2).contains("list tasks").doesNotContain("help");
        var all = ada.get("/api/v1/conversations/" + conversation + "/messages?branch=all&limit=100")
                .json()
                .get("items");
        assertThat(all.findValuesAsText("content")).contains("help", "list tasks, please");
        assertThat(ada.get("/api/v1/conversations").json().get("items")).hasSize(1);
    }

    @Test
    void pagesWhatWasSaid() {
        for (int at = 0; at < 3; at++) send(message("m" + at, "help"));
        var first = ada.get(CHAT + "/" + conversation + "/messages?limit=4")
                .expect(200)
                .json();
        var second = ada.get(CHAT + "/" + conversation + "/messages?cursor="
                        + first.get("next_cursor").asText())
                .expect(200)
                .json();

        assertThat(Stream.of(first, second).flatMap(page -> page.get("items").findValuesAsText("role").stream()))
                .containsExactly("user", "assistant", "user", "assistant", "user", "assistant");
        assertThat(second.get("next_cursor").isNull()).isTrue();
    }

    @Test
    void keepsOthersOut() {
        send(message("one", "help"));
        var grace = TestUser.registered(anonymous, "grace").api();

        grace.send(ApiRequest.of("POST", CHAT).json(message("one", "help").toString()))
                .expect(403);
        grace.get(CHAT + "/" + conversation + "/messages").expect(403);
        ada.delete("/api/v1/conversations/" + conversation).expect(204);
        post(message("two", "help")).expect(404);
        ada.get(CHAT + "/" + conversation + "/stream").expect(404);
        assertThat(grace.get("/api/v1/conversations").json().get("items")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /id              | {"id": "HzLYWiSJGVEUQBhR"}
            /messages        | {"messages": []}
            /messages/0/role | {"messages": [{"id": "a", "role": "assistant", "parts": []}]}
            /messages/0/parts | {"messages": [{"id": "a", "role": "user", "parts": []}]}
            /messages/0/parts | {"messages": [{"id": "a", "role": "user", "parts": [{"type": "text", "text": " "}]}]}
            /messages/0/parts/0/url | {"messages": [{"id": "a", "role": "user", "parts": [{"type": "file", "url": "data:,"}]}]}
            /messages/0/parts/0 | {"messages": [{"id": "a", "role": "user", "parts": [{"type": "data-x", "data": 1}]}]}
            /messages/0/id   | {"messages": [{"id": "", "role": "user", "parts": []}]}
            /message         | {"messages": [], "message": {"id": "a", "role": "user", "parts": []}}
            /message/role    | {"message": {"id": "a", "role": "system", "parts": []}}
            /trigger         | {"trigger": "resume-stream"}
            /model           | {"model": "none", "message": {"id": "a", "role": "user", "parts": [{"type": "text", "text": "x"}]}}
            """)
    void refusesWhatItCannotAnswer(String pointer, String members) {
        var body = Json.object().put("id", conversation);
        body.setAll((ObjectNode) Json.read(members));

        assertThat(post(body).expect(400).pointers()).contains(pointer);
        ada.get("/api/v1/conversations/" + conversation).expect(404);
    }

    @Test
    void refusesToAnswerAnewWhatItDoesNotKnow() {
        post(message("one", "help").put("trigger", "regenerate-message")).expect(404);
        send(message("one", "help"));
        post(message("two", "help").put("trigger", "regenerate-message")).expect(409);
    }

    private ApiResponse send(JsonNode body) {
        return post(body).expect(200);
    }

    private ApiResponse post(JsonNode body) {
        return ada.send(ApiRequest.of("POST", CHAT).json(body.toString()));
    }

    private ObjectNode message(String id, String text) {
        var body = Json.object().put("id", conversation);
        var message = body.putArray("messages").addObject().put("id", id).put("role", "user");
        message.putArray("parts").addObject().put("type", "text").put("text", text);
        return body;
    }

    private static List<JsonNode> chunks(ApiResponse answer) {
        return answer.text()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> Json.read(line.substring("data: ".length())))
                .toList();
    }

    private static List<String> types(List<JsonNode> chunks) {
        return chunks.stream().map(chunk -> chunk.get("type").asText()).toList();
    }

    private static JsonNode chunk(List<JsonNode> chunks, String type) {
        return chunks.stream()
                .filter(chunk -> chunk.get("type").asText().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode history() {
        return ada.get(CHAT + "/" + conversation + "/messages")
                .expect(200)
                .json()
                .get("items");
    }

    private List<String> texts() {
        return history().findValuesAsText("text");
    }
}
