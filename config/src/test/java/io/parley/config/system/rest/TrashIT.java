package io.parley.config.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Owners can list and restore what they deleted. */
@ExtendWith(SharedJarExtension.class)
class TrashIT {
    private ApiClient ada;
    private ApiClient grace;
    private String conversation;
    private String kept;
    private String deleted;

    @BeforeEach
    void create(ApiClient api) {
        ada = TestUser.registered(api, "ada").api();
        grace = TestUser.registered(api, "grace").api();
        conversation = ada.post("/api/v1/conversations", "{}").expect(201).header("Location");
        kept = post("kept");
        deleted = post("deleted");
        ada.delete(deleted).expect(204);
    }

    private String post(String content) {
        var body = Json.object().put("role", "user").put("content", content).toString();
        return ada.post(conversation + "/messages", body).expect(201).header("Location");
    }

    @Test
    void bringsBackAConversationWithTheMessagesThatWereNotDeletedThemselves() {
        ada.delete(conversation).expect(204);
        assertThat(ids(ada, "/api/v1/conversations")).isEmpty();
        assertThat(ids(ada, "/api/v1/conversations?deleted=true")).containsExactly(id(conversation));
        ada.get(kept).expect(404);

        var restored = restore(ada, conversation).expect(200);
        assertThat(restored.json().get("deleted_at").isNull()).isTrue();
        assertThat(restored.header("ETag")).isEqualTo(ada.get(conversation).header("ETag"));
        assertThat(ids(ada, "/api/v1/conversations?deleted=true")).isEmpty();
        assertThat(ids(ada, conversation + "/messages")).containsExactly(id(kept));
        assertThat(ids(ada, conversation + "/messages?deleted=true")).containsExactly(id(deleted));
    }

    @Test
    void bringsBackAMessageWhileItsConversationIsThere() {
        ada.delete(conversation).expect(204);
        restore(ada, deleted).expect(404);
        restore(ada, conversation).expect(200);
        assertThat(ids(ada, "/api/v1/messages?deleted=true")).containsExactly(id(deleted));
        restore(ada, deleted).expect(200);
        assertThat(ids(ada, conversation + "/messages")).containsExactly(id(kept), id(deleted));
    }

    @Test
    void bringsBackATaskAsItWas() {
        var created = ada.post("/api/v1/tasks", "{\"title\":\"errand\",\"status\":\"completed\"}")
                .expect(201);
        var task = created.header("Location");
        ada.delete(task).expect(204);
        assertThat(ids(ada, "/api/v1/tasks?deleted=true&status=completed")).containsExactly(id(task));
        assertThat(restore(ada, task).expect(200).json().get("completed_at"))
                .isEqualTo(created.json().get("completed_at"));
        assertThat(ids(ada, "/api/v1/tasks")).containsExactly(id(task));
    }

    @Test
    void isNobodyElses() {
        ada.delete(conversation).expect(204);
        for (var thing : List.of(conversation, deleted))
            assertThat(restore(grace, thing).status()).as(thing).isIn(403, 404);
        restore(grace, conversation).expect(403);
        assertThat(ids(grace, "/api/v1/messages?deleted=true")).isEmpty();
        assertThat(ids(grace, "/api/v1/conversations?deleted=true")).isEmpty();
        ada.get(conversation).expect(404);
    }

    private static ApiResponse restore(ApiClient owner, String thing) {
        return owner.send(ApiRequest.of("POST", thing + "/restore"));
    }

    private static List<String> ids(ApiClient owner, String list) {
        JsonNode page = owner.get(list).expect(200).json();
        return page.get("items").findValuesAsText("id");
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
