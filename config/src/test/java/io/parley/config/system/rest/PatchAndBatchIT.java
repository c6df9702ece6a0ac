package io.parley.config.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Changes of single keys and of several things at once, as front ends make them. */
@ExtendWith(SharedJarExtension.class)
class PatchAndBatchIT {
    private static final String TASKS = "/api/v1/tasks";
    private static final String CONVERSATIONS = "/api/v1/conversations";

    private TestUser ada;

    @BeforeEach
    void register(ApiClient api) {
        ada = TestUser.registered(api, "ada");
    }

    @Test
    void changesSingleKeysOfMetadata() {
        var trip = ada.api()
                .post(CONVERSATIONS, "{\"metadata\":{\"a\":1.10,\"b\":{\"c\":1},\"d\":null}}")
                .expect(201)
                .header("Location");

        var merged = ada.api()
                .patch(trip + "?metadata=merge", "{\"metadata\":{\"a\":null,\"b\":{\"e\":2},\"f\":3e2}}")
                .expect(200);
        assertThat(merged.json().get("metadata")).isEqualTo(Json.read("{\"b\":{\"e\":2},\"d\":null,\"f\":300}"));
        var stale = ApiRequest.of("PATCH", trip + "?metadata=merge").json("{\"metadata\":{\"g\":1}}");
        ada.api().send(stale.with("If-Match", "\"1\"")).expect(412);
        ada.api().send(stale.with("If-Match", merged.header("ETag"))).expect(200);
        var large = "{\"metadata\":{\"h\":\"" + "x".repeat(60_000) + "\"}}";
        ada.api().patch(trip + "?metadata=merge", large).expect(200);
        assertThat(ada.api()
                        .patch(trip + "?metadata=merge", large.replace("\"h\"", "\"i\""))
                        .expect(400)
                        .pointers())
                .containsExactly("/metadata");
        ada.api().patch(trip, "{\"metadata\":{}}").expect(200);
        var message = ada.api()
                .post(trip + "/messages", "{\"role\":\"user\",\"content\":\"Hello\"}")
                .expect(201)
                .header("Location");
        ada.api().patch(message + "?metadata=merge", "{\"metadata\":{\"a\":1}}").expect(200);
        assertThat(ada.api()
                        .patch(message + "?metadata=merge", "{\"metadata\":{\"b\":2}}")
                        .json()
                        .get("metadata"))
                .isEqualTo(Json.read("{\"a\":1,\"b\":2}"));
    }

    @Test
    void makesEachChangeOfABatchByItself(ApiClient api) {
        var task = ada.api().post(TASKS, "{\"title\":\"Pack\"}").expect(201);
        var id = task.json().get("id").asText();
        var graces = TestUser.registered(api, "grace")
                .api()
                .post(TASKS, "{\"title\":\"Hers\"}")
                .json()
                .get("id")
                .asText();
        var changes = """
            {"operations": [
              {"op": "create", "body": {"title": "New"}},
              {"op": "create", "body": {"title": ""}},
              {"op": "create"},
              {"op": "update", "id": "%1$s", "if_match": "\\"1\\"", "body": {"title": "Lost"}},
              {"op": "update", "id": "%1$s", "body": {"status": "completed"}},
              {"op": "update", "id": "%2$s", "body": {"title": "Mine"}},
              {"op": "delete", "id": "%2$s"},
              {"op": "delete", "id": "%1$s"},
              {"op": "delete", "id": "%1$s"},
              {"op": "delete"}]}
            """.formatted(id, graces);
        var request = ApiRequest.of("POST", TASKS + "/batch").json(changes).with("Idempotency-Key", id);

        var answer = ada.api().send(request).expect(207);

        var results = answer.json().get("results");
        var statuses = new ArrayList<Integer>();
        results.forEach(result -> statuses.add(result.get("status").asInt()));
        assertThat(statuses).containsExactly(201, 400, 400, 412, 200, 403, 403, 204, 404, 400);
        assertThat(results.get(1).at("/problem/errors/0/pointer").asText()).isEqualTo("/title");
        assertThat(results.get(4).at("/body/status").asText()).isEqualTo("completed");
        var made = ada.api().get(results.get(0).get("location").asText()).expect(200);
        assertThat(made.header("ETag")).isEqualTo(results.get(0).get("etag").asText());
        assertThat(made.json()).isEqualTo(results.get(0).get("body"));
        assertThat(names(results.get(7))).containsExactly("status");
        assertThat(ada.api().send(request).expect(207).text()).isEqualTo(answer.text());
        assertThat(titles(TASKS)).containsExactly("New");
    }

    @Test
    void changesConversationsInABatch() {
        var trip = ada.api()
                .post(CONVERSATIONS, "{\"title\":\"Trip\"}")
                .json()
                .get("id")
                .asText();
        var work = ada.api()
                .post(CONVERSATIONS, "{\"title\":\"Work\"}")
                .json()
                .get("id")
                .asText();

        ada.api().post(CONVERSATIONS + "/batch", """
                    {"operations": [{"op": "update", "id": "%s", "body": {"archived": true}}, {"op": "delete", "id": "%s"}]}
                    """.formatted(trip, work)).expect(207);

        assertThat(titles(CONVERSATIONS + "?archived=any")).containsExactly("Trip");
        ada.api()
                .post(CONVERSATIONS + "/batch", "{\"operations\": [{\"op\": \"create\"}]}")
                .expect(400);
        ada.api().post(CONVERSATIONS + "/batch", "{\"operations\": []}").expect(400);
    }

    @Test
    void remembersALanguage() {
        assertThat(ada.api().get("/api/v1/users/me").json().get("language").isNull())
                .isTrue();
        assertThat(ada.api()
                        .patch("/api/v1/users/me", "{\"language\":\"pt-BR\"}")
                        .json()
                        .get("language")
                        .asText())
                .isEqualTo("pt-BR");
        assertThat(ada.api()
                        .patch("/api/v1/users/me", "{\"language\":\"no tag\"}")
                        .expect(400)
                        .pointers())
                .containsExactly("/language");
        ada.api().patch("/api/v1/users/me", "{\"language\":null}").expect(200);
    }

    private List<String> titles(String list) {
        return ada.api().get(list).expect(200).json().findValuesAsText("title");
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(field -> field.getKey()).toList();
    }
}
