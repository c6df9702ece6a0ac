package io.parley.config.system.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The days of two users, of whom one is always a day ahead of the other. */
@ExtendWith(SharedJarExtension.class)
class TimeZonesIT {
    private static final ZoneId EAST = ZoneId.of("Pacific/Kiritimati");
    private static final ZoneId WEST = ZoneId.of("Pacific/Pago_Pago");

    private TestUser ada;
    private String conversation;

    @BeforeEach
    void register(ApiClient api) {
        ada = TestUser.registered(api, "ada");
        conversation = ada.api()
                .post("/api/v1/conversations", "{}")
                .expect(201)
                .json()
                .get("id")
                .asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+02:00", "EST", "GMT+1", "europe/berlin", "Mars/Base", "", " "})
    void areRefusedWithAnExampleUnlessTheyHaveAName(String zone, ApiClient api) {
        var field = Json.object().put("time_zone", zone).toString();
        var registration = Json.object()
                .put("email", TestUser.address("grace"))
                .put("password", TestUser.PASSWORD)
                .put("time_zone", zone)
                .toString();
        var message =
                Json.object().put("content", "help").put("time_zone", zone).toString();

        for (var refused : new ApiResponse[] {
            ada.api().patch("/api/v1/users/me", field).expect(400),
            api.post("/api/v1/auth/register", registration).expect(400),
            ada.api().post(chat(), message).expect(400)
        }) {
            assertThat(refused.pointers()).containsExactly("/time_zone");
            assertThat(refused.text()).contains("Europe/Berlin");
        }
    }

    @Test
    void areUtcUnlessTheyAreSet() {
        assertThat(zone()).isEqualTo("UTC");
        set("\"Asia/Tokyo\"");
        assertThat(zone()).isEqualTo("Asia/Tokyo");
        set("null");
        assertThat(zone()).isEqualTo("UTC");
    }

    @Test
    void decideWhenADayEndsInACommand() {
        set("\"" + EAST + "\"");
        assertThat(LocalDate.ofInstant(Instant.parse(dueAfter("add one due today", null)), EAST))
                .isEqualTo(LocalDate.now(EAST));
        assertThat(LocalDate.ofInstant(Instant.parse(dueAfter("add two due today", WEST)), WEST))
                .isEqualTo(LocalDate.now(WEST));
    }

    @Test
    void decideWhatIsOverdue() {
        var today = LocalDate.now(WEST);
        create("today there", today.toString());
        create("yesterday there", today.minusDays(1).toString());

        set("\"" + WEST + "\"");
        assertThat(overdue()).containsExactly("yesterday there");
        set("\"" + EAST + "\"");
        assertThat(overdue()).containsExactlyInAnyOrder("today there", "yesterday there");
        assertThat(say("list overdue", null).at("/messages/3/content").asText())
                .contains("today there, due ", "yesterday there, due ");
        assertThat(say("what is overdue?", WEST).at("/messages/3/content").asText())
                .doesNotContain("today there");
    }

    @Test
    void doNotChangeADay() {
        var task = create("holiday", "2027-03-14");
        assertThat(task.get("due_date").asText()).isEqualTo("2027-03-14");
        set("\"Europe/Berlin\"");
        assertThat(due("2027-03-14T22:58:59Z", "2027-03-14T22:59:00Z")).containsExactly("holiday");
        assertThat(due("2027-03-14T22:59:01Z", "2027-03-15T12:00:00Z")).isEmpty();
        set("\"America/New_York\"");
        assertThat(due("2027-03-15T03:59:00Z", "2027-03-15T03:59:00Z")).containsExactly("holiday");

        var exported = ada.api().get("/api/v1/export").expect(200).text();
        assertThat(exported).contains("\"due_date\":\"2027-03-14\"");
    }

    private void set(String zone) {
        ada.api().patch("/api/v1/users/me", "{\"time_zone\":" + zone + "}").expect(200);
    }

    private String zone() {
        return ada.api()
                .get("/api/v1/users/me")
                .expect(200)
                .json()
                .get("time_zone")
                .asText();
    }

    private JsonNode create(String title, String due) {
        var task = Json.object().put("title", title).put("due_date", due).toString();
        return ada.api().post("/api/v1/tasks", task).expect(201).json();
    }

    private Iterable<String> overdue() {
        return titles("overdue=true");
    }

    private Iterable<String> due(String after, String before) {
        return titles("due_after=" + after + "&due_before=" + before);
    }

    private Iterable<String> titles(String filter) {
        return ada.api().get("/api/v1/tasks?" + filter).expect(200).json().findValuesAsText("title");
    }

    private String dueAfter(String command, ZoneId zone) {
        say(command, zone);
        return ada.api()
                .get("/api/v1/tasks?limit=1")
                .expect(200)
                .json()
                .at("/items/0/due_date")
                .asText();
    }

    private JsonNode say(String content, ZoneId zone) {
        var message = Json.object().put("content", content);
        if (zone != null) message.put("time_zone", zone.getId());
        return ada.api().post(chat(), message.toString()).expect(200).json();
    }

    private String chat() {
        return "/api/v1/chat/conversations/" + conversation + "/messages";
    }
}
