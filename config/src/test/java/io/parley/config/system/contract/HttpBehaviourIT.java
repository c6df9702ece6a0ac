package io.parley.config.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.Pages;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP semantics: methods, patches, challenges. */
@ExtendWith(SharedJarExtension.class)
class HttpBehaviourIT {
    private ApiClient anonymous;
    private ApiClient ada;
    private String task;

    @BeforeEach
    void create(ApiClient api) {
        anonymous = api;
        ada = TestUser.registered(api, "ada").api();
        task = ada.post("/api/v1/tasks", "{\"title\":\"errand\"}").expect(201).header("Location");
    }

    @Test
    void takesAPatchByBothItsNames() {
        var patch = ApiRequest.of("PATCH", task).json("{\"title\":\"other\"}");
        ada.send(patch.with("Content-Type", "application/merge-patch+json")).expect(200);
        ada.send(patch.with("Content-Type", "application/json; charset=UTF-8")).expect(200);
    }

    @Test
    void keepsWhatAPatchDoesNotName() {
        ada.patch(task, "{\"description\":\"some\",\"due_date\":\"2027-03-01T13:00:00.5+01:00\"}")
                .expect(200);
        var kept = ada.patch(task, "{\"description\":null}").expect(200).json();
        assertThat(kept.get("description").isNull()).isTrue();
        assertThat(kept.get("due_date").asText()).startsWith("2027-03-01T12:00:00.5");
        var completed =
                ada.patch(task, "{\"status\":\"completed\"}").expect(200).json();
        assertThat(completed.get("completed_at").isNull()).isFalse();
        var reopened =
                ada.patch(task, "{\"status\":\"in-progress\"}").expect(200).json();
        assertThat(reopened.get("status").asText()).isEqualTo("in_progress");
        assertThat(reopened.get("completed_at").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/nowhere",
                "/api",
                "/api/v1",
                "/api/v1/nowhere",
                "/api/v1/tasks/",
                "/API/V1/tasks",
                "/docs/nowhere",
                "/docs/%2e%2e/%2e%2e/etc/passwd"
            })
    void findsNothingWhereNothingIs(String path) {
        assertThat(ada.get(path).status()).isIn(400, 404);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,/api/v1/tasks,GET",
        "DELETE,/api/v1/tasks,POST",
        "POST,/health/live,GET",
        "GET,/api/v1/auth/login,POST",
        "TRACE,/api/v1/tasks,GET",
        "PROPFIND,/api/v1/users/me,PATCH"
    })
    void saysWhichMethodsAPathHas(String method, String path, String allowed) {
        assertThat(ada.send(ApiRequest.of(method, path)).expect(405).header("Allow"))
                .contains(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS"})
    void answersHarmlessMethodsHarmlessly(String method) {
        var answer = ada.send(ApiRequest.of(method, "/api/v1/tasks"));
        assertThat(answer.status()).isIn(200, 204, 405);
        if (answer.status() == 405) assertThat(answer.header("Allow")).contains("GET", "POST");
    }

    @Test
    void letsPagesOfAnAllowedOriginUseTheApi() {
        var preflight = ApiRequest.of("OPTIONS", "/api/v1/tasks")
                .with("Access-Control-Request-Method", "POST")
                .with("Access-Control-Request-Headers", "authorization,content-type");
        var allowed = anonymous
                .send(preflight.with("Origin", SharedJarExtension.FRIENDLY_ORIGIN))
                .expect(204);
        assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo(SharedJarExtension.FRIENDLY_ORIGIN);
        assertThat(allowed.header("Access-Control-Allow-Methods")).contains("POST", "PATCH", "DELETE");
        assertThat(allowed.header("Access-Control-Allow-Headers")).contains("authorization", "content-type");
        var answer = ada.send(ApiRequest.of("GET", task).with("Origin", SharedJarExtension.FRIENDLY_ORIGIN))
                .expect(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(SharedJarExtension.FRIENDLY_ORIGIN);
        assertThat(answer.header("Access-Control-Expose-Headers")).contains("ETag", "Location", "Retry-After");

        var refused = anonymous
                .send(preflight.with("Origin", "https://elsewhere.example.org"))
                .expect(405);
        assertThat(refused.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Basic YWRhOmFkYQ==",
                "bearer x",
                "Bearer x y",
                "Bearer \u00e9",
                "Token x"
            })
    void challengesRequestsWithoutAToken(String authorization) {
        var request = ApiRequest.of("GET", "/api/v1/users/me");
        anonymous
                .send(authorization.isEmpty() ? request : request.with("Authorization", authorization))
                .expect(401);
    }

    @Test
    void storesARepeatedMessageOnce() {
        var path = ada.post("/api/v1/conversations", "{}").expect(201).header("Location") + "/messages";
        var draft = Json.object()
                .put("id", UUID.randomUUID().toString())
                .put("role", "user")
                .put("content", "Good morning.");
        var first = ada.post(path, draft.toString()).expect(201);
        assertThat(ada.post(path, draft.toString()).expect(201).json()).isEqualTo(first.json());
        var other = ada.post(path, draft.put("content", "other").toString()).expect(409);
        assertThat(other.pointers()).containsExactly("/id");
        assertThat(Pages.of(ada, path, 10)).hasSize(1);
    }

    @Test
    void hidesTheMessagesOfADeletedConversation() {
        var conversation = ada.post("/api/v1/conversations", "{}").expect(201).header("Location");
        var message = ada.post(conversation + "/messages", "{\"role\":\"user\",\"content\":\"x\"}")
                .expect(201);
        ada.delete(conversation).expect(204);
        ada.get(conversation).expect(404);
        ada.get(conversation + "/messages").expect(404);
        ada.get(message.header("Location")).expect(404);
        ada.delete(message.header("Location")).expect(404);
        ada.post(conversation + "/messages", "{\"role\":\"user\",\"content\":\"x\"}")
                .expect(404);
        assertThat(ada.get("/api/v1/messages").expect(200).json().get("items")).isEmpty();
    }
}
