package io.parley.config.system.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Search finds the caller's own messages, tasks and conversations; threads and usage figures are right. */
@ExtendWith(SharedJarExtension.class)
class SearchIT {
    private ApiClient ada;
    private ApiClient grace;
    private String conversation;
    private final List<String> messages = new ArrayList<>();

    @BeforeEach
    void create(ApiClient api) {
        ada = TestUser.registered(api, "ada").api();
        grace = TestUser.registered(api, "grace").api();
        conversation = ada.post("/api/v1/conversations", "{\"title\":\"The marmot conversation\"}")
                .expect(201)
                .header("Location");
        ada.post("/api/v1/tasks", "{\"title\":\"Feed the marmot\"}").expect(201);
        for (var content : List.of("A marmot, they say.", "Sleeping <b>marmot</b>?", "Wide awake."))
            messages.add(post(content, messages.isEmpty() ? "" : messages.get(messages.size() - 1)));
    }

    private String post(String content, String parent) {
        var body = Json.object().put("role", "user").put("content", content);
        body.put("token_count", 3);
        if (!parent.isEmpty()) body.put("parent_id", parent);
        return ada.post(conversation + "/messages", body.toString())
                .expect(201)
                .json()
                .get("id")
                .asText();
    }

    @Test
    void findsEveryKindOfThing() {
        var hits = hits(ada, "q=marmot");
        assertThat(hits)
                .extracting(hit -> hit.get("type").asText())
                .containsExactlyInAnyOrder("message", "message", "task", "conversation");
        assertThat(hits)
                .allSatisfy(hit -> assertThat(hit.get("snippet").asText())
                        .contains("<mark>marmot</mark>")
                        .doesNotContain("<b>"));
        assertThat(hits(ada, "q=marmot&type=task")).hasSize(1);
        assertThat(hits(ada, "q=marmot+-sleeping&type=message")).hasSize(1);
        assertThat(hits(grace, "q=marmot")).isEmpty();
    }

    @Test
    void goesOnWhereThePageEnded() {
        var pages = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = ada.get("/api/v1/search?q=marmot&limit=1" + cursor)
                    .expect(200)
                    .json();
            page.get("items").forEach(pages::add);
            cursor = page.get("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("next_cursor").asText();
        } while (!cursor.isEmpty());
        assertThat(pages).isEqualTo(hits(ada, "q=marmot"));
    }

    @Test
    void findsNothingThatIsDeleted() {
        ada.delete(conversation).expect(204);
        assertThat(hits(ada, "q=marmot"))
                .extracting(hit -> hit.get("type").asText())
                .containsExactly("task");
    }

    /** As people write words, and as they look for them. */
    @ParameterizedTest
    @CsvSource({
        "un cafe\u0301 noir, caf\u00e9, <mark>caf\u00e9</mark>",
        "un caf\u00e9 noir, cafe\u0301, <mark>caf\u00e9</mark>",
        "un caf\u00e9 noir, cafe, <mark>caf\u00e9</mark>",
        "CVE-2026-2332 is open, 2332, CVE-2026-<mark>2332</mark>",
        "CVE-2026-2332 is open, CVE-2026-2332, <mark>CVE-2026-2332</mark>",
        "ticket PAR-4711, 4711, PAR-<mark>4711</mark>",
        "a zebra crossing, zeb, <mark>zebra</mark>",
        "write to ada@example.org, example, ada@<mark>example</mark>.org",
        "東京タワーに行きたいです, 東京, <mark>東京</mark>タワー",
        "東京タワーに行きたいです, タワー, 東京<mark>タワー</mark>",
    })
    void findsWordsAsPeopleLookForThem(String message, String query, String snippet) {
        var posted = post(message, "");
        var hits = hits(ada, "q=" + URLEncoder.encode(query, UTF_8));
        assertThat(hits)
                .singleElement()
                .satisfies(hit -> assertThat(hit.get("id").asText()).isEqualTo(posted))
                .satisfies(hit -> assertThat(hit.get("role").asText()).isEqualTo("user"))
                .satisfies(hit -> assertThat(hit.get("snippet").asText()).contains(snippet));
        assertThat(hits(grace, "q=" + URLEncoder.encode(query, UTF_8))).isEmpty();
    }

    @Test
    void filtersByConversationRoleAndTime() {
        var id = conversation.substring(conversation.lastIndexOf('/') + 1);
        var other = ada.post("/api/v1/conversations", "{\"title\":\"Marmot plans\"}")
                .expect(201);
        ada.post("/api/v1/tasks", "{\"title\":\"Marmot food\",\"conversation_id\":\"" + id + "\"}")
                .expect(201);
        ada.post(other.header("Location") + "/messages", "{\"role\":\"system\",\"content\":\"marmot\"}")
                .expect(201);

        assertThat(types("q=marmot")).hasSize(7);
        assertThat(types("q=marmot&conversation_id=" + id))
                .containsExactlyInAnyOrder("message", "message", "task", "conversation");
        assertThat(types("q=marmot&role=system")).containsExactly("message");
        assertThat(types("q=marmot&role=user&conversation_id=" + id)).containsExactly("message", "message");
        assertThat(types("q=marmot&from=2099-01-01T00:00:00Z")).isEmpty();
        assertThat(types("q=marmot&to=2020-01-01T00:00:00Z")).isEmpty();
        assertThat(types("q=marmot&from=2020-01-01T00:00:00Z&to=2099-01-01T00:00:00Z"))
                .hasSize(7);
        grace.get("/api/v1/search?q=marmot&conversation_id=" + id).expect(403);
        ada.delete(conversation).expect(204);
        ada.get("/api/v1/search?q=marmot&conversation_id=" + id).expect(404);
        ada.get("/api/v1/search?q=marmot&conversation_id=" + UUID.randomUUID()).expect(404);
        assertThat(ada.get("/api/v1/search?q=marmot&role=user&type=task")
                        .expect(400)
                        .pointers())
                .containsExactly("role");
    }

    private List<String> types(String query) {
        return hits(ada, query).stream().map(hit -> hit.get("type").asText()).toList();
    }

    @Test
    void listsAThreadAndABranch() {
        assertThat(ids("thread_of=" + messages.get(0))).isEqualTo(messages.subList(0, 2));
        assertThat(ids("leaf=" + messages.get(2))).isEqualTo(messages);
        assertThat(ids("leaf=" + messages.get(1) + "&order=desc")).containsExactly(messages.get(1), messages.get(0));
        grace.get(conversation + "/messages?leaf=" + messages.get(2)).expect(403);
    }

    private List<String> ids(String query) {
        var page = ada.get(conversation + "/messages?" + query).expect(200).json();
        return page.get("items").findValuesAsText("id");
    }

    @Test
    void countsWhatWasSaid() {
        var stats = ada.get(conversation + "/stats").expect(200).json();
        assertThat(stats.at("/messages/user").asInt()).isEqualTo(3);
        assertThat(stats.get("tokens").asInt()).isEqualTo(9);
        var year = stats.get("first").asText().substring(0, 4);
        var span = "from=" + year + "-01-01T00:00:00Z&to=" + (Integer.parseInt(year) + 1) + "-01-01T00:00:00Z";
        var months = ada.get("/api/v1/analytics/usage?bucket=month&" + span).expect(200);
        assertThat(months.json().get("items")).hasSize(12);
        assertThat(sum(months, "/messages/user")).isEqualTo(3);
        assertThat(sum(months, "/tokens/0/count")).isEqualTo(9);
        assertThat(sum(months, "/conversations_started")).isEqualTo(1);
        assertThat(sum(months, "/tasks_created")).isEqualTo(1);
        assertThat(sum(grace.get("/api/v1/analytics/usage?" + span).expect(200), "/messages/user"))
                .isZero();
    }

    private static long sum(ApiResponse usage, String place) {
        long sum = 0;
        for (var bucket : usage.json().get("items")) sum += bucket.at(place).asLong();
        return sum;
    }

    private static List<JsonNode> hits(ApiClient owner, String query) {
        var hits = new ArrayList<JsonNode>();
        owner.get("/api/v1/search?" + query).expect(200).json().get("items").forEach(hits::add);
        return hits;
    }
}
