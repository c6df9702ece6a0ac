package io.parley.config.system.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Branches of a conversation: other answers, edited messages, the current leaf, feedback. */
@ExtendWith(SharedJarExtension.class)
class BranchesIT {
    private ApiClient ada;
    private String conversation;

    @BeforeEach
    void open(ApiClient api) {
        ada = TestUser.registered(api, "ada").api();
        conversation = ada.post("/api/v1/conversations", "{}").expect(201).header("Location");
    }

    @Test
    void answersACommandAgainWithoutCarryingItOut() {
        var first = chat("{\"content\":\"add task Buy milk\"}");
        var turn = first.at("/turn/id").asText();
        var answer = last(first);

        var again = ada.send(ApiRequest.of("POST", "/api/v1/chat/turns/" + turn + "/regenerate"))
                .expect(200)
                .json();

        assertThat(again.at("/turn/user_message_id")).isEqualTo(first.at("/turn/user_message_id"));
        assertThat(again.get("messages").findValuesAsText("role")).containsExactly("assistant");
        assertThat(last(again).get("content").asText())
                .isEqualTo("Nothing was changed again. This was done before:\n- Added: Buy milk");
        assertThat(ada.get("/api/v1/tasks").json().get("items")).hasSize(1);
        assertThat(last(again).get("siblings").get("count").asInt()).isEqualTo(2);
        assertThat(leaf()).isEqualTo(id(last(again)));
        assertThat(texts("")).hasSize(2).doesNotContain(answer.get("content").asText());
        assertThat(texts("?branch=all")).hasSize(5);

        var back = ada.patch(conversation, "{\"current_leaf\":" + last(again).at("/siblings/previous") + "}")
                .expect(200)
                .json();
        assertThat(back.get("current_leaf").asText()).isEqualTo(id(answer));
        assertThat(texts("")).hasSize(4);
    }

    @Test
    void editsAMessageAndSendsItAgain() {
        var first = chat("{\"content\":\"help\"}");
        chat("{\"content\":\"list tasks\"}");
        var edited = chat("{\"content\":\"list tasks, please\",\"parent_id\":\"" + id(last(first)) + "\"}");
        assertThat(texts("")).contains("help", "list tasks, please").doesNotContain("list tasks");
        assertThat(edited.at("/messages/0/siblings/position").asInt()).isEqualTo(2);

        var anew = chat("{\"content\":\"hello\",\"parent_id\":null}");
        assertThat(anew.at("/messages/0/parent_id").isNull()).isTrue();
        assertThat(texts("")).hasSize(2);

        ada.post(chatTarget(), "{\"content\":\"help\",\"parent_id\":\"" + UUID.randomUUID() + "\"}")
                .expect(400);
        assertThat(texts("")).hasSize(2);
    }

    @Test
    void refusesToAnswerADeletedMessageAgain() {
        var first = chat("{\"content\":\"help\"}");
        ada.delete("/api/v1/messages/" + first.at("/turn/user_message_id").asText())
                .expect(204);

        ada.post("/api/v1/chat/turns/" + first.at("/turn/id").asText() + "/regenerate", "{}")
                .expect(409);
    }

    @Test
    void changesTheVersionOfAConversationWhoseLeafMoves() {
        var first = say("first");
        var before = ada.get(conversation).expect(200).header("ETag");
        ada.delete("/api/v1/messages/" + say("second")).expect(204);

        var read = ada.get(conversation).expect(200);
        assertThat(read.header("ETag")).isNotEqualTo(before);
        assertThat(read.json().get("current_leaf").asText()).isEqualTo(first);
        for (var refused :
                List.of("null", "\"" + UUID.randomUUID() + "\"", "\"" + post(other(), "elsewhere", "null") + "\""))
            assertThat(ada.patch(conversation, "{\"current_leaf\":" + refused + "}")
                            .expect(400)
                            .pointers())
                    .containsExactly("/current_leaf");
    }

    @Test
    void ratesAnAnswer() {
        var chat = chat("{\"content\":\"help\"}");
        var answer = "/api/v1/messages/" + id(last(chat));
        var before = ada.get(answer).expect(200);
        assertThat(before.json().get("feedback").isNull()).isTrue();
        ada.get(answer + "/feedback").expect(404);

        put(answer, "{\"rating\":\"up\"}").expect(200);
        put(answer, "{\"rating\":\"down\",\"comment\":\"Too long.\"}").expect(200);

        var rated = ada.get(answer).expect(200);
        assertThat(rated.json().at("/feedback/rating").asText()).isEqualTo("down");
        assertThat(rated.json().at("/feedback/comment").asText()).isEqualTo("Too long.");
        assertThat(rated.header("ETag")).isNotEqualTo(before.header("ETag"));
        assertThat(ada.get(conversation + "/messages").json().findValuesAsText("rating"))
                .containsExactly("down");
        put(answer, "{\"rating\":\"up\",\"comment\":\"" + "x".repeat(2001) + "\"}")
                .expect(400);
        put("/api/v1/messages/" + chat.at("/turn/user_message_id").asText(), "{\"rating\":\"up\"}")
                .expect(400);

        ada.delete(answer + "/feedback").expect(204);
        ada.delete(answer + "/feedback").expect(204);
        assertThat(ada.get(answer).json().get("feedback").isNull()).isTrue();
        ada.delete(answer).expect(204);
        put(answer, "{\"rating\":\"up\"}").expect(404);
    }

    @Test
    void exportsAndImportsAllBranchesAndTheCurrentLeaf(ApiClient api) {
        var root = say("root");
        var left = say("left", root);
        say("right", root);
        var anew = chat("{\"content\":\"help\",\"parent_id\":null}");
        ada.patch(conversation, "{\"current_leaf\":\"" + left + "\"}").expect(200);
        var lines = ada.get("/api/v1/export").expect(200).text();

        var grace = TestUser.registered(api, "grace").api();
        grace.send(ApiRequest.of("POST", "/api/v1/import").lines(lines)).expect(200);

        var imported = grace.get("/api/v1/conversations").json().at("/items/0");
        var messages = "/api/v1/conversations/" + imported.get("id").asText() + "/messages";
        assertThat(grace.get(messages).json().findValuesAsText("content")).containsExactly("root", "left");
        assertThat(grace.get(messages + "?branch=all").json().get("items")).hasSize(5);
        assertThat(grace.get(messages).json().at("/items/0/siblings/count").asInt())
                .isEqualTo(2);
        assertThat(anew.get("messages")).hasSize(2);
    }

    private String chatTarget() {
        return "/api/v1/chat" + conversation.substring("/api/v1".length()) + "/messages";
    }

    private JsonNode chat(String body) {
        return ada.post(chatTarget(), body).expect(200).json();
    }

    private ApiResponse put(String message, String body) {
        return ada.send(ApiRequest.of("PUT", message + "/feedback").json(body));
    }

    private String other() {
        return ada.post("/api/v1/conversations", "{}").expect(201).header("Location");
    }

    private String say(String text) {
        return post(conversation, text, "null");
    }

    private String say(String text, String parent) {
        return post(conversation, text, "\"" + parent + "\"");
    }

    private String post(String talk, String text, String parent) {
        var body = "{\"role\":\"user\",\"content\":\"" + text + "\",\"parent_id\":" + parent + "}";
        return id(ada.post(talk + "/messages", body).expect(201).json());
    }

    private String leaf() {
        return ada.get(conversation).json().get("current_leaf").asText();
    }

    private List<String> texts(String query) {
        return ada.get(conversation + "/messages" + query).expect(200).json().findValuesAsText("content");
    }

    private static JsonNode last(JsonNode reply) {
        return reply.get("messages").get(reply.get("messages").size() - 1);
    }

    private static String id(JsonNode message) {
        return message.get("id").asText();
    }
}
