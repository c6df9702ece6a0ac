package io.parley.config.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ParleyJar;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another e-mail address and the end of an account, on a server that always asks for the password. */
class SensitiveChangesIT {
    private static final String ME = "/api/v1/users/me";
    private static final String CONFIRM = "/api/v1/auth/confirm";

    private static ParleyJar jar;
    private static ApiClient api;

    private TestUser ada;

    @BeforeAll
    static void start() {
        jar = ParleyJar.start(ParleyJar.freshData(), Map.of("PARLEY_ACCOUNTS_RECENT_SIGN_IN", "0s"));
        api = new ApiClient(jar.uri());
    }

    @AfterAll
    static void stop() {
        jar.close();
    }

    @BeforeEach
    void register() {
        ada = TestUser.registered(api, "ada");
    }

    @Test
    void needMoreThanAnAccessToken() {
        assertAsks(ada.api().patch(ME, email(TestUser.address("mallory"))));
        assertAsks(ada.api().delete(ME));
        assertAsks(delete("{}"));
        for (var change : new String[] {ME + "/totp", ME + "/recovery-codes", ME + "/passkeys/options"})
            assertAsks(ada.api().send(ApiRequest.of("POST", change)));
        assertAsks(ada.api().delete(ME + "/totp"));

        assertThat(ada.api().get(ME).expect(200).json()).isEqualTo(ada.tokens().get("user"));
    }

    @Test
    void areMadeWithThePassword() {
        var address = TestUser.address("lovelace");
        var body = Json.object().put("email", address).put("current_password", ada.password());

        assertThat(ada.api()
                        .patch(ME, body.toString())
                        .expect(200)
                        .json()
                        .get("email")
                        .asText())
                .isEqualTo(address);
        delete(password(ada.password())).expect(204);
        ada.api().get(ME).expect(401);
    }

    @Test
    void areNotMadeWithAWrongPassword() {
        var wrong = password("not the password");

        for (var answer : new ApiResponse[] {
            delete(wrong), ada.api().patch(ME, wrong), ada.api().post(CONFIRM, wrong)
        }) assertThat(answer.expect(400).pointers()).containsExactly("/current_password");
        ada.api().get(ME).expect(200);
    }

    @Test
    void leaveEverythingElseToTheAccessToken() {
        ada.api().patch(ME, "{\"name\":\"Ada\",\"theme\":\"dark\"}").expect(200);
        ada.api().post(CONFIRM, password(ada.password())).expect(204);
    }

    private ApiResponse delete(String body) {
        return ada.api().send(ApiRequest.of("DELETE", ME).json(body));
    }

    private static void assertAsks(ApiResponse answer) {
        assertThat(answer.expect(403).json().get("recent_sign_in_required").asBoolean())
                .isTrue();
    }

    private static String email(String address) {
        return Json.object().put("email", address).toString();
    }

    private static String password(String password) {
        return Json.object().put("current_password", password).toString();
    }
}
