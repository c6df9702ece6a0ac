package io.parley.config.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ChangeStream;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.RawConnection;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two browser tabs: each receives the changes made in the other. */
@ExtendWith(SharedJarExtension.class)
public class ChangeEventsIT {
    private ApiClient api;
    private TestUser ada;

    @BeforeEach
    void register(ApiClient api) {
        this.api = api;
        this.ada = TestUser.registered(api, "ada");
    }

    @Test
    void tellOfATaskFromItsBeginningToItsEnd() {
        try (var events = ChangeStream.of(api.server(), ada)) {
            var task = ada.api().post("/api/v1/tasks", "{\"title\":\"Book\"}").expect(201);
            assertThat(events.next("task.created")).isEqualTo(task.json());

            var path = task.header("Location");
            var done = ada.api().patch(path, "{\"status\":\"completed\"}").expect(200);
            assertThat(events.next("task.updated")).isEqualTo(done.json());

            ada.api().delete(path).expect(204);
            assertThat(events.next("task.deleted")).isEqualTo(Json.object().put("id", id(task.json())));

            ada.api().post(path + "/restore", "{}").expect(200);
            assertThat(id(events.next("task.created"))).isEqualTo(id(task.json()));
        }
    }

    // By default, nginx sends HTTP/1.0 to its upstream servers.
    @Test
    void reachAClientOfHttp10WithoutChunks() throws IOException {
        try (var connection = new RawConnection(api.server())) {
            connection.send("GET /api/v1/events HTTP/1.0\r\nHost: parley\r\nAuthorization: Bearer " + ada.accessToken()
                    + "\r\n\r\n");
            assertThat(connection.readUntil("\r\n\r\n"))
                    .startsWith("HTTP/1.0 200 ")
                    .contains("text/event-stream")
                    .doesNotContainIgnoringCase("transfer-encoding");

            ada.api().post("/api/v1/tasks", "{\"title\":\"Book\"}").expect(201);
            assertThat(connection.readUntil("\n\n")).contains("\nid: ");
            assertThat(connection.readUntil("\"Book\"")).contains("\nevent: task.created\ndata: {");
        }
    }

    @Test
    void tellOfAConversationAndItsMessages() {
        try (var events = ChangeStream.of(api.server(), ada)) {
            var conversation = conversation();
            var messages = conversation + "/messages";
            events.next("conversation.created");

            var message = ada.api()
                    .post(messages, "{\"role\":\"user\",\"content\":\"Größe 👋\"}")
                    .expect(201);
            assertThat(events.next("message.created")).isEqualTo(message.json());

            ada.api()
                    .patch("/api/v1/messages/" + id(message.json()), "{\"content\":\"Less\"}")
                    .expect(200);
            assertThat(events.next("message.updated").get("content").asText()).isEqualTo("Less");

            ada.api().delete(conversation).expect(204);
            assertThat(events.next("conversation.deleted").size()).isEqualTo(1);
        }
    }

    @Test
    void tellWhatTheAssistantDoes() {
        try (var events = ChangeStream.of(api.server(), ada)) {
            var conversation = conversation();
            var turn = ada.api()
                    .post("/api/v1/chat" + conversation.substring("/api/v1".length()) + "/messages", """
                            {"content":"add task Book the 9:40"}""")
                    .expect(200)
                    .json();

            assertThat(events.next("task.created").get("title").asText()).isEqualTo("Book the 9:40");
            assertThat(id(events.next("turn.completed"))).isEqualTo(id(turn.get("turn")));
        }
    }

    @Test
    void goOnAfterABreakWithNothingMissed() {
        String place;
        try (var events = ChangeStream.of(api.server(), ada)) {
            place = events.lastEventId();
        }
        var task = ada.api().post("/api/v1/tasks", "{\"title\":\"Missed\"}").expect(201);

        try (var events = ChangeStream.of(api.server(), ada, place)) {
            assertThat(events.next("task.created")).isEqualTo(task.json());
        }
    }

    @Test
    void sendThoseAwayWhoMissedTooMuch() {
        try (var events = ChangeStream.of(api.server(), ada, "1-1:1:")) {
            assertThat(events.take().type()).isEqualTo("reload");
            var task = ada.api().post("/api/v1/tasks", "{\"title\":\"Next\"}").expect(201);
            assertThat(events.next("task.created")).isEqualTo(task.json());
        }
    }

    @Test
    void tellNobodyElse() {
        var grace = TestUser.registered(api, "grace");
        try (var events = ChangeStream.of(api.server(), grace)) {
            ada.api().post("/api/v1/tasks", "{\"title\":\"Ada's\"}").expect(201);
            var own =
                    grace.api().post("/api/v1/tasks", "{\"title\":\"Grace's\"}").expect(201);

            assertThat(events.take().data()).isEqualTo(own.json());
        }
    }

    @Test
    void endWithTheSession() {
        try (var events = ChangeStream.of(api.server(), ada)) {
            events.lastEventId();
            ada.api().delete("/api/v1/users/me").expect(204);
            events.awaitEnd();
        }
    }

    private String conversation() {
        return ada.api().post("/api/v1/conversations", "{}").expect(201).header("Location");
    }

    private static String id(JsonNode resource) {
        return resource.get("id").asText();
    }
}
