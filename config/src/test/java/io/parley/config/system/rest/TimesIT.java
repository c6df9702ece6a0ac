package io.parley.config.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.Pages;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times of all years from 1 to 9999 on every route that takes or shows them. */
@ExtendWith(SharedJarExtension.class)
class TimesIT {
    private static final List<String> OLDEST_FIRST = List.of(
            "0001-01-01T00:00:00Z",
            "1676-06-01T12:00:00.000001Z",
            "1969-12-31T23:59:59.999999Z",
            "2263-06-01T12:00:00.123456Z",
            "9999-12-31T23:59:59.999999Z");

    private ApiClient ada;

    @BeforeEach
    void register(ApiClient api) {
        ada = TestUser.registered(api, "ada").api();
    }

    @Test
    void changeAndComeBackAsDueDates() {
        for (var time : OLDEST_FIRST) {
            var created = ada.post("/api/v1/tasks", due(time)).expect(201);
            var task = created.header("Location");

            var changed = ada.send(ApiRequest.of("PATCH", task)
                            .json("{\"title\":\"changed\"}")
                            .with("If-Match", created.header("ETag")))
                    .expect(200);

            assertThat(changed.json().get("due_date").asText()).isEqualTo(time);
            assertThat(ada.get(task).expect(200).json()).isEqualTo(changed.json());
        }
        assertThat(ada.get("/api/v1/tasks?due_after=" + OLDEST_FIRST.get(0) + "&due_before=" + OLDEST_FIRST.get(4))
                        .expect(200)
                        .json()
                        .get("items"))
                .isNotEmpty();
    }

    @Test
    void takePartInPagesSearchesAndChangesOnceImported() {
        assertThat(load(ada, OLDEST_FIRST.stream().map(TimesIT::conversation).collect(Collectors.joining("\n"))))
                .isEqualTo(Json.read("{\"imported\":5,\"updated\":0,\"unchanged\":0,\"failed\":[],\"notes\":[]}"));

        var conversations = Pages.of(ada, "/api/v1/conversations", 1);
        assertThat(conversations).hasSize(5);
        for (var conversation : conversations) {
            var place = "/api/v1/conversations/" + conversation.get("id").asText();
            var messages = Pages.of(ada, place + "/messages", 1);
            assertThat(messages).hasSize(2);
            changes(place, "{\"title\":\"changed\"}");
            changes("/api/v1/messages/" + messages.get(0).get("id").asText(), "{\"content\":\"changed marmalade\"}");
        }
        assertThat(found("marmalade")).hasSize(10).doesNotHaveDuplicates();
        assertThat(times(exported(ada))).containsAll(OLDEST_FIRST);
    }

    @Test
    void comeIntoAnotherAccountAsTheyWentOut(ApiClient api) {
        load(ada, OLDEST_FIRST.stream().map(TimesIT::conversation).collect(Collectors.joining("\n")));
        var grace = TestUser.registered(api, "grace").api();

        load(grace, exported(ada));

        assertThat(times(exported(grace))).isEqualTo(times(exported(ada)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2027-03-01T12:00:00.1234567Z",
                "2027-03-01T12:00:00.123456789Z",
                "2027-03-01T13:00:00.123456999+01:00"
            })
    void areCutToTheMicrosecond(String time) {
        assertThat(ada.post("/api/v1/tasks", due(time))
                        .expect(201)
                        .json()
                        .get("due_date")
                        .asText())
                .isEqualTo("2027-03-01T12:00:00.123456Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000-12-31T23:59:59Z", "10000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z"})
    void areRefusedOutsideTheYears1To9999(String time) {
        assertThat(ada.post("/api/v1/tasks", due(time)).expect(400).pointers()).containsExactly("/due_date");
        ada.get("/api/v1/tasks?due_before=" + time).expect(400);
        assertThat(load(ada, conversation(time)).get("imported").asInt()).isZero();
    }

    private static String due(String time) {
        return Json.object().put("title", "errand").put("due_date", time).toString();
    }

    private static String conversation(String time) {
        var line = Json.object().put("title", "trip").put("created_at", time).put("updated_at", time);
        var messages = line.putArray("messages");
        messages.addObject().put("role", "user").put("content", "marmalade").put("created_at", time);
        messages.addObject().put("role", "user").put("content", "more marmalade");
        return line.toString();
    }

    private void changes(String resource, String patch) {
        var read = ada.get(resource).expect(200);
        ada.send(ApiRequest.of("PATCH", resource).json(patch).with("If-Match", read.header("ETag")))
                .expect(200);
        ada.send(ApiRequest.of("PATCH", resource).json(patch).with("If-Match", read.header("ETag")))
                .expect(412);
        ada.send(ApiRequest.of("GET", resource).with("If-None-Match", read.header("ETag")))
                .expect(200);
    }

    private List<String> found(String word) {
        var ids = new ArrayList<String>();
        var cursor = "";
        do {
            var page = ada.get("/api/v1/search?q=" + word + "&limit=3" + cursor)
                    .expect(200)
                    .json();
            ids.addAll(page.get("items").findValuesAsText("id"));
            cursor = page.get("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("next_cursor").asText();
        } while (!cursor.isEmpty());
        return ids;
    }

    private static String exported(ApiClient owner) {
        return owner.get("/api/v1/export").expect(200).text();
    }

    private static List<String> times(String export) {
        return export.lines()
                .map(Json::read)
                .flatMap(line -> line.findValuesAsText("created_at").stream())
                .sorted()
                .toList();
    }

    private static JsonNode load(ApiClient owner, String document) {
        return owner.send(ApiRequest.of("POST", "/api/v1/import").lines(document))
                .expect(200)
                .json();
    }
}
