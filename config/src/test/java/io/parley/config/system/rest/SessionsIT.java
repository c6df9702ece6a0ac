package io.parley.config.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sign-in, refresh, and the immediate end of sessions. */
@ExtendWith(SharedJarExtension.class)
class SessionsIT {
    private static final String REFRESH = "/api/v1/auth/refresh";
    private static final String LOGOUT = "/api/v1/auth/logout";
    private static final String ME = "/api/v1/users/me";
    private static final String SESSIONS = "/api/v1/auth/sessions";
    private static final String NEW_PASSWORD = "as the loom weaves flowers";

    private ApiClient anonymous;
    private TestUser ada;

    @BeforeEach
    void register(ApiClient api) {
        anonymous = api;
        ada = TestUser.registered(api, "ada");
    }

    @Test
    void registersAndReadsBack() {
        var me = ada.api().get(ME).expect(200).json();
        assertThat(me).isEqualTo(ada.tokens().get("user"));
        assertThat(me.get("email").asText()).isEqualTo(ada.email());
        assertThat(ada.tokens().get("expires_in").asInt()).isEqualTo(900);
    }

    @Test
    void takesAnAddressOnceInAnyCase() {
        var taken =
                Json.object().put("email", ada.email().toUpperCase(Locale.ROOT)).put("password", NEW_PASSWORD);
        var answer = anonymous.post("/api/v1/auth/register", taken.toString()).expect(409);
        assertThat(answer.pointers()).containsExactly("/email");
    }

    @Test
    void refusesACommonPassword() {
        var common = Json.object().put("email", TestUser.address("eve")).put("password", "password123");
        var answer = anonymous.post("/api/v1/auth/register", common.toString()).expect(400);
        assertThat(answer.pointers()).containsExactly("/password");
    }

    @Test
    void refusesPasswordsThatAreEasyToGuess() {
        for (var password : List.of(
                "        ",
                "aaaaaaaa",
                "parley123",
                "\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44\uff11",
                "eve.1815")) {
            var body = Json.object().put("email", "eve.1815@example.org").put("password", password);
            var answer =
                    anonymous.post("/api/v1/auth/register", body.toString()).expect(400);
            assertThat(answer.pointers()).containsExactly("/password");
        }
    }

    @Test
    void refusesAddressesThatNobodyCanHave() {
        for (var email :
                List.of("<script>@x.org", "a\u202e@x.org", "a@x..org", "a@-x.org", "a".repeat(65) + "@x.org")) {
            var body = Json.object().put("email", email);
            assertThat(ada.api().patch(ME, body.toString()).expect(400).pointers())
                    .containsExactly("/email");
            body.put("password", NEW_PASSWORD);
            assertThat(anonymous
                            .post("/api/v1/auth/register", body.toString())
                            .expect(400)
                            .pointers())
                    .containsExactly("/email");
        }
    }

    @Test
    void tellsAnUnknownAddressFromAWrongPasswordToNobody() {
        var wrong = ada.login("not the password").expect(401);
        var unknown = new TestUser(TestUser.address("nobody"), "", anonymous, Json.object()).login("not the password");
        assertThat(withoutTrace(unknown.expect(401))).isEqualTo(withoutTrace(wrong));
    }

    private static String withoutTrace(ApiResponse problem) {
        return problem.text().replace(problem.header("x-request-id"), "");
    }

    @Test
    void rotatesTheRefreshToken() {
        var later = ada.with(refresh(ada).expect(200));
        assertThat(later.refreshToken()).isNotEqualTo(ada.refreshToken());
        later.api().get(ME).expect(200);
        refresh(later).expect(200);
    }

    @Test
    void keepsTwoTabsThatRefreshAtOnce() {
        var first = ada.with(refresh(ada).expect(200));
        var second = ada.with(refresh(ada).expect(200));
        assertThat(second.refreshToken()).isEqualTo(first.refreshToken());
        for (var tab : List.of(first, second)) tab.api().get(ME).expect(200);
        refresh(first).expect(200);
        refresh(second).expect(200);
    }

    @Test
    void endsTheSessionWhoseRefreshTokenIsUsedAfterItsSuccessor() {
        var later = ada.with(refresh(ada).expect(200));
        refresh(later).expect(200);
        refresh(ada).expect(401);
        later.api().get(ME).expect(401);
        ada.api().get(ME).expect(401);
        refresh(later).expect(401);
        ada.again().api().get(ME).expect(200);
    }

    @Test
    void endsTheAccessTokenAtOnceOnLogout() {
        var elsewhere = ada.again();
        anonymous.post(LOGOUT, token(ada)).expect(204);
        ada.api().get(ME).expect(401);
        refresh(ada).expect(401);
        elsewhere.api().get(ME).expect(200);
        anonymous.post(LOGOUT, token(ada)).expect(204);
    }

    @Test
    void endsEveryOtherSessionOnAPasswordChange() {
        var elsewhere = ada.again();
        ada.api().post("/api/v1/auth/password", change("not the password")).expect(400);
        elsewhere.api().get(ME).expect(200);

        ada.api().post("/api/v1/auth/password", change(ada.password())).expect(204);
        elsewhere.api().get(ME).expect(401);
        refresh(elsewhere).expect(401);
        ada.api().get(ME).expect(200);
        ada.login(ada.password()).expect(401);
        ada.login(NEW_PASSWORD).expect(200);
    }

    @Test
    void leavesNothingOfADeletedUser() {
        var elsewhere = ada.again();
        var task = ada.api().post("/api/v1/tasks", "{\"title\":\"errand\"}").expect(201);
        ada.api().delete(ME).expect(204);
        for (var session : List.of(ada, elsewhere)) {
            session.api().get(ME).expect(401);
            refresh(session).expect(401);
        }
        ada.login(ada.password()).expect(401);
        TestUser.registered(anonymous, "grace")
                .api()
                .get(task.header("Location"))
                .expect(404);
    }

    @Test
    void listsAndEndsSessions() {
        var elsewhere = ada.again();
        var listed = ada.api().get(SESSIONS).expect(200).json().get("items");
        assertThat(listed).hasSize(2);
        var current = listed.findValuesAsText("current");
        assertThat(current).containsExactlyInAnyOrder("true", "false");
        var other = listed.get(current.indexOf("false")).get("id").asText();

        ada.api().delete(SESSIONS + "/" + other).expect(204);
        elsewhere.api().get(ME).expect(401);
        refresh(elsewhere).expect(401);
        assertThat(ada.api().get(SESSIONS).expect(200).json().get("items")).hasSize(1);
        ada.api().delete(SESSIONS + "/" + other).expect(404);
    }

    private ApiResponse refresh(TestUser person) {
        return anonymous.post(REFRESH, token(person));
    }

    private static String token(TestUser person) {
        return Json.object().put("refresh_token", person.refreshToken()).toString();
    }

    private static String change(String current) {
        return Json.object()
                .put("current_password", current)
                .put("new_password", NEW_PASSWORD)
                .toString();
    }
}
