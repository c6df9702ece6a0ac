package io.parley.config.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Filters, orders and parts of lists, as front ends use them. */
@ExtendWith(SharedJarExtension.class)
class ListOptionsIT {
    private static final String TASKS = "/api/v1/tasks";
    private static final String CONVERSATIONS = "/api/v1/conversations";

    private TestUser ada;

    @BeforeEach
    void register(ApiClient api) {
        ada = TestUser.registered(api, "ada");
    }

    @Test
    void fillsASidebarWithOneRequest() {
        var empty = ada.api().post(CONVERSATIONS, "{}").expect(201).json();
        var full = ada.api()
                .post(CONVERSATIONS, "{\"title\":\"Trip\"}")
                .expect(201)
                .header("Location");
        say(full, "user", "x".repeat(200));
        say(full, "assistant", "Good morning.");
        say(full, "user", "y".repeat(200) + "\uD83D\uDE00");

        var items = ada.api()
                .get(CONVERSATIONS + "?include=preview")
                .expect(200)
                .json()
                .get("items");

        assertThat(items.get(0).get("message_count").asInt()).isEqualTo(3);
        assertThat(items.get(0).at("/last_message/preview").asText()).isEqualTo("y".repeat(160));
        assertThat(items.get(0).at("/last_message/role").asText()).isEqualTo("user");
        assertThat(items.get(0).get("active_turn_id").isNull()).isTrue();
        assertThat(items.get(1).get("id")).isEqualTo(empty.get("id"));
        assertThat(items.get(1).get("message_count").asInt()).isZero();
        assertThat(items.get(1).get("last_message").isNull()).isTrue();
        var one = ada.api().get(full + "?include=preview").expect(200);
        assertThat(one.json()).isEqualTo(items.get(0));
        assertThat(ada.api().get(full).expect(200).json().get("message_count").isNull())
                .isTrue();
        var again = ApiRequest.of("GET", full + "?include=preview").with("If-None-Match", one.header("ETag"));
        ada.api().send(again).expect(304);
        ada.api()
                .delete("/api/v1/messages/" + one.json().at("/last_message/id").asText())
                .expect(204);
        assertThat(ada.api().send(again).expect(200).json().get("message_count").asInt())
                .isEqualTo(2);
        ada.api()
                .send(ApiRequest.of("PATCH", full)
                        .json("{\"title\":\"Voyage\"}")
                        .with(
                                "If-Match",
                                ada.api().get(full + "?include=preview").header("ETag")))
                .expect(200);
    }

    @Test
    void keepsConversationsWhereTheirOwnerPutsThem() {
        var trip = ada.api()
                .post(CONVERSATIONS, "{\"title\":\"Trip\",\"tags\":[\" Home \"]}")
                .header("Location");
        var work = ada.api().post(CONVERSATIONS, "{\"title\":\"Work\"}").header("Location");
        ada.api().patch(trip, "{\"pinned\":true}").expect(200);
        ada.api()
                .patch(work, "{\"archived\":true,\"tags\":[\"home\",\"Office\"]}")
                .expect(200);

        assertThat(titles("")).containsExactly("Trip");
        assertThat(titles("?archived=true")).containsExactly("Work");
        assertThat(titles("?archived=any")).containsExactly("Work", "Trip");
        assertThat(titles("?pinned=true")).containsExactly("Trip");
        assertThat(titles("?archived=any&tag=HOME&tag=office")).containsExactly("Work");
        assertThat(titles("?archived=any&sort=title&order=asc")).containsExactly("Trip", "Work");
        assertThat(titles("?archived=any&sort=created_at&order=desc&limit=1")).containsExactly("Work");
        ada.api().patch(trip, "{\"pinned\":null}").expect(400);
        ada.api().patch(trip, "{\"tags\":[\" \"]}").expect(400);
        assertThat(ada.api().get(CONVERSATIONS + "?tag=%20").expect(400).pointers())
                .containsExactly("tag");
        ada.api().delete(work).expect(204);
        assertThat(titles("?deleted=true")).containsExactly("Work");
    }

    @Test
    void sortsAndFiltersTasks() {
        for (var draft : List.of(
                "{\"title\":\"b\",\"due_date\":\"2027-03-14\",\"priority\":\"low\",\"tags\":[\"Red\"]}",
                "{\"title\":\"a\",\"due_date\":\"2027-03-14T23:30:00Z\",\"status\":\"completed\"}",
                "{\"title\":\"c\",\"priority\":\"high\",\"status\":\"in_progress\"}"))
            ada.api().post(TASKS, draft).expect(201);

        assertThat(ada.api().get(TASKS + "?sort=due_date&order=asc").json().findValuesAsText("due_date"))
                .containsExactly("2027-03-14T23:30:00Z", "2027-03-14", "null");
        ada.api()
                .patch("/api/v1/users/me", "{\"time_zone\":\"America/New_York\"}")
                .expect(200);
        assertThat(tasks("?sort=due_date&order=asc")).containsExactly("a", "b", "c");
        ada.api()
                .patch("/api/v1/users/me", "{\"time_zone\":\"Pacific/Auckland\"}")
                .expect(200);
        assertThat(tasks("?sort=due_date&order=asc")).containsExactly("b", "a", "c");
        assertThat(tasks("?sort=due_date&order=desc&limit=1")).containsExactly("a", "b", "c");
        assertThat(tasks("?sort=priority&order=desc&limit=2")).containsExactly("c", "a", "b");
        assertThat(tasks("?sort=title&order=desc&limit=1")).containsExactly("c", "b", "a");
        assertThat(tasks("?status=pending,completed&order=asc")).containsExactly("b", "a");
        assertThat(tasks("?tag=red&conversation_id=null")).containsExactly("b");
        assertThat(ada.api().get(TASKS + "?status=pending,gone").expect(400).pointers())
                .containsExactly("status");
        assertThat(ada.api().get(TASKS + "?conversation_id=none").expect(400).pointers())
                .containsExactly("conversation_id");
        var cursor = ada.api()
                .get(TASKS + "?sort=title&limit=1")
                .json()
                .get("next_cursor")
                .asText();
        assertThat(ada.api()
                        .get(TASKS + "?sort=due_date&cursor=" + cursor)
                        .expect(400)
                        .pointers())
                .containsExactly("cursor");
        assertThat(ada.api().get(TASKS + "?cursor=" + cursor).expect(400).pointers())
                .containsExactly("cursor");
    }

    @Test
    void answersOnlyTheFieldsThatAreAskedFor() {
        var task = ada.api().post(TASKS, "{\"title\":\"Pack\"}").expect(201);

        var one =
                ada.api().get(task.header("Location") + "?fields=title,status").expect(200);
        assertThat(one.text())
                .isEqualTo("{\"id\":%s,\"title\":\"Pack\",\"status\":\"pending\"}"
                        .formatted(task.json().get("id")));
        assertThat(one.header("ETag")).isEqualTo(task.header("ETag"));
        var list = ada.api().get(TASKS + "?fields=tags").expect(200).json();
        assertThat(names(list)).containsExactlyInAnyOrder("items", "next_cursor");
        assertThat(names(list.get("items").get(0))).containsExactlyInAnyOrder("id", "tags");
        assertThat(ada.api().get(CONVERSATIONS + "?fields=title").expect(200).text())
                .isEqualTo("{\"items\":[],\"next_cursor\":null}");
        assertThat(ada.api().get(TASKS + "?fields=title,user").expect(400).pointers())
                .containsExactly("fields");
    }

    @Test
    void exportsAndImportsTagsAndPlaces(ApiClient api) {
        ada.api().post(TASKS, "{\"title\":\"Pack\",\"tags\":[\"Red\"]}").expect(201);
        var trip = ada.api()
                .post(CONVERSATIONS, "{\"title\":\"Trip\",\"tags\":[\"Home\"]}")
                .header("Location");
        ada.api().patch(trip, "{\"archived\":true,\"pinned\":true}").expect(200);
        var exported = ada.api().get("/api/v1/export").expect(200).text();

        var grace = TestUser.registered(api, "grace").api();
        grace.send(ApiRequest.of("POST", "/api/v1/import").lines(exported)).expect(200);

        assertThat(grace.get(TASKS + "?tag=red").json().get("items")).hasSize(1);
        assertThat(grace.get(CONVERSATIONS + "?archived=true&pinned=true&tag=home")
                        .json()
                        .get("items"))
                .hasSize(1);
    }

    private String say(String conversation, String role, String content) {
        return ada.api()
                .post(conversation + "/messages", "{\"role\":\"" + role + "\",\"content\":\"" + content + "\"}")
                .expect(201)
                .header("Location");
    }

    private List<String> titles(String query) {
        return ada.api().get(CONVERSATIONS + query).expect(200).json().findValuesAsText("title");
    }

    private List<String> tasks(String query) {
        var titles = new ArrayList<String>();
        var next = "";
        do {
            var page = page(TASKS + query + (next.isEmpty() ? "" : (query.isEmpty() ? "?" : "&") + "cursor=" + next));
            titles.addAll(page.json().findValuesAsText("title"));
            next = page.json().get("next_cursor").asText("");
        } while (!next.isEmpty() && !next.equals("null"));
        return titles;
    }

    private ApiResponse page(String path) {
        return ada.api().get(path).expect(200);
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(field -> field.getKey()).toList();
    }
}
