package io.parley.config.system.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiContract;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.Operation;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Personal tokens from their making to their end, and what they open. */
@ExtendWith(SharedJarExtension.class)
class TokensIT {
    private static final String TOKENS = "/api/v1/tokens";
    private static final String TASKS = "/api/v1/tasks";

    /** Operations for every token, and those for the scope {@code chat}. */
    private static final Set<String> FOR_CHAT = Set.of(
            "findMe",
            "findMyLimits",
            "search",
            "followChanges",
            "listModels",
            "chat",
            "findTurn",
            "listTurns",
            "stopTurn",
            "regenerateTurn",
            "followTurn",
            "uiChat",
            "resumeUiChat");

    private static ApiClient anonymous;
    private static ValidRequests scene;

    @BeforeAll
    static void setTheScene(ApiClient api) {
        anonymous = api;
        scene = new ValidRequests(api);
    }

    static Stream<Operation> closed() {
        return ApiContract.SERVED.operations().stream()
                .filter(operation -> !operation.open() && !FOR_CHAT.contains(operation.id()));
    }

    @ParameterizedTest
    @MethodSource("closed")
    void openNothingBeyondTheirScopes(Operation operation) {
        var ada = scene.actor(operation);
        var request = scene.request(operation, ada);
        anonymous.as(token(ada, "chat")).send(request).expect(403);
    }

    @Test
    void actForTheirOwner() {
        var ada = TestUser.registered(anonymous, "ada");
        var made = make(ada, "tasks:write").expect(201).json();
        var program = anonymous.as(made.get("token").asText());

        assertThat(made.get("token").asText())
                .matches("pat_[A-Za-z0-9_-]{43}")
                .endsWith(made.get("hint").asText());
        var task = program.post(TASKS, "{\"title\":\"Water the ferns\"}").expect(201);
        assertThat(task.json().get("user_id").asText()).isEqualTo(ada.id());
        program.get("/api/v1/users/me").expect(200);
        program.get("/api/v1/conversations").expect(403);
        program.post(TOKENS, "{\"name\":\"more\",\"scopes\":[\"chat\"]}").expect(403);

        var listed = ada.api().get(TOKENS).expect(200);
        assertThat(listed.text()).doesNotContain(made.get("token").asText());
        assertThat(listed.json().at("/items/0/last_used_at").isTextual()).isTrue();
    }

    @Test
    void stopAtOnce() {
        var ada = TestUser.registered(anonymous, "ada");
        var made = make(ada, "tasks:read");
        var program = anonymous.as(made.json().get("token").asText());
        program.get(TASKS).expect(200);

        ada.api().delete(made.header("Location")).expect(204);

        assertThat(program.get(TASKS).expect(401).header("WWW-Authenticate")).contains("error=\"invalid_token\"");
        ada.api().get(made.header("Location")).expect(404);
        assertThat(ada.api().get("/api/v1/users/me/security-events").json().findValuesAsText("type"))
                .contains("token.created", "token.used", "token.revoked");
    }

    @Test
    void endWithTheAccount() {
        var ada = TestUser.registered(anonymous, "ada");
        var program = anonymous.as(token(ada, "tasks:read"));
        program.get(TASKS).expect(200);

        ada.api().delete("/api/v1/users/me").expect(204);

        program.get(TASKS).expect(401);
    }

    @Test
    void surviveAnotherPassword() {
        var ada = TestUser.registered(anonymous, "ada");
        var program = anonymous.as(token(ada, "tasks:read"));
        var change = Json.object().put("current_password", ada.password()).put("new_password", "as the loom weaves");
        ada.api().post("/api/v1/auth/password", change.toString()).expect(204);

        program.get(TASKS).expect(200);
    }

    private static String token(TestUser owner, String scope) {
        return make(owner, scope).expect(201).json().get("token").asText();
    }

    private static ApiResponse make(TestUser owner, String scope) {
        return owner.api().post(TOKENS, "{\"name\":\"Editor\",\"scopes\":[\"" + scope + "\"]}");
    }
}
