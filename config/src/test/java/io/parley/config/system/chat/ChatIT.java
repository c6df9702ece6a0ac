package io.parley.config.system.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The assistant without a model: its commands, as JSON and as events. */
@ExtendWith(SharedJarExtension.class)
class ChatIT {
    private ApiClient ada;
    private String conversation;

    @BeforeEach
    void open(ApiClient api) {
        ada = TestUser.registered(api, "ada").api();
        conversation = ada.post("/api/v1/conversations", "{}")
                .expect(201)
                .json()
                .get("id")
                .asText();
    }

    @Test
    void makesATaskAndLooksAfterIt() {
        var added =
                say("add task Book the 9:40 due 2127-03-01 !high").expect(200).json();

        assertThat(added.at("/turn/status").asText()).isEqualTo("completed");
        assertThat(added.at("/turn/model").asText()).isEqualTo("offline-commands");
        assertThat(added.get("messages").findValuesAsText("role"))
                .containsExactly("user", "assistant", "tool", "assistant");
        var task = ada.get("/api/v1/tasks").json().at("/items/0");
        assertThat(task.get("title").asText()).isEqualTo("Book the 9:40");
        assertThat(task.get("priority").asText()).isEqualTo("high");
        assertThat(task.get("conversation_id").asText()).isEqualTo(conversation);

        say("list tasks").expect(200);
        say("complete 1").expect(200);
        assertThat(ada.get("/api/v1/tasks?status=completed").json().get("items"))
                .hasSize(1);
        assertThat(ada.get("/api/v1/conversations/" + conversation)
                        .json()
                        .get("title")
                        .asText())
                .startsWith("add task");
        assertThat(text(say("What is the weather?").json())).contains("help");
    }

    @Test
    void tellsWhatHappensFromAnyPlaceOn() {
        var stream = ada.send(ApiRequest.of("POST", "/api/v1/chat/conversations/" + conversation + "/messages")
                        .json("{\"content\":\"help\"}")
                        .with("Accept", "text/event-stream"))
                .expect(200);

        assertThat(stream.contentType()).isEqualTo("text/event-stream");
        assertThat(stream.text()).startsWith("id: 1\nevent: turn.started\ndata: {\"turn_id\":");
        assertThat(stream.text()).contains("event: content.delta\n", "event: turn.completed\n");
        var turn = Json.read(stream.text().lines().toList().get(2).substring("data: ".length()))
                .get("turn_id")
                .asText();
        var events = "/api/v1/chat/turns/" + turn + "/events";
        assertThat(ada.get(events).expect(200).text()).isEqualTo(stream.text());
        var rest = ada.send(ApiRequest.of("GET", events).with("Last-Event-ID", "1"))
                .expect(200)
                .text();
        assertThat(stream.text()).endsWith(rest);
        assertThat(rest).startsWith("id: 2\n");
        ada.send(ApiRequest.of("GET", events).with("Last-Event-ID", "one")).expect(400);
        assertThat(ada.get("/api/v1/chat/turns/" + turn)
                        .expect(200)
                        .json()
                        .get("status")
                        .asText())
                .isEqualTo("completed");
        ada.delete("/api/v1/chat/turns/" + turn).expect(204);
    }

    @Test
    void isTheSameTurnUnderTheSameKey() {
        var key = UUID.randomUUID().toString();

        var first = say("add task Once", key).expect(200);
        var again = say("add task Once", key).expect(200);

        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(ada.get("/api/v1/tasks").json().get("items")).hasSize(1);
        say("add task Twice", key).expect(409);
    }

    @Test
    void offersWhatThereIs() {
        var models = ada.get("/api/v1/chat/models").expect(200).json().get("items");

        assertThat(models.findValuesAsText("model")).containsExactly("offline-commands");
        ada.post(
                        "/api/v1/chat/conversations/" + conversation + "/messages",
                        "{\"content\":\"help\",\"provider\":\"openai\"}")
                .expect(400);
    }

    private ApiResponse say(String content) {
        return say(content, UUID.randomUUID().toString());
    }

    private ApiResponse say(String content, String key) {
        return ada.send(ApiRequest.of("POST", "/api/v1/chat/conversations/" + conversation + "/messages")
                .json(Json.object().put("content", content).toString())
                .with("Idempotency-Key", key));
    }

    private static String text(JsonNode reply) {
        var messages = reply.get("messages");
        return messages.get(messages.size() - 1).get("content").asText();
    }
}
