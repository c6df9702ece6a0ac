package io.parley.config.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestFactors;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.CommandRunner;
import io.parley.config.system.harness.ParleyJar;
import io.parley.config.system.harness.SharedJarExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** TOTP and recovery codes over HTTP; their rules are tested in the users module. */
@ExtendWith(SharedJarExtension.class)
class SecondFactorsIT {
    private static final String SECURITY = "/api/v1/users/me/security";

    private ApiClient anonymous;
    private TestUser ada;
    private TestFactors factors;

    @BeforeEach
    void register(ApiClient api) {
        anonymous = api;
        ada = TestUser.registered(api, "ada");
        factors = TestFactors.of(ada);
    }

    @Test
    void completeALogin() {
        var refused = ada.login(ada.password()).expect(403).json();
        assertThat(refused.get("mfa_required").asBoolean()).isTrue();
        assertThat(refused.get("methods").toString()).isEqualTo("[\"totp\",\"recovery_code\"]");
        assertThat(refused.get("expires_in").asInt()).isEqualTo(300);
        assertThat(refused.has("access_token")).isFalse();

        complete(refused, "code", factors.app().code(1_000)).expect(401);
        var session =
                ada.with(complete(refused, "code", factors.app().nextCode()).expect(200));
        session.api().get("/api/v1/users/me").expect(200);
        complete(refused, "recovery_code", factors.recoveryCode()).expect(401);

        complete(challenge(), "recovery_code", factors.recoveryCode()).expect(200);
        assertThat(ada.api().get(SECURITY).expect(200).json())
                .isEqualTo(Json.read("{\"has_password\":true,\"totp\":true,\"recovery_codes_left\":9,"
                        + "\"passkeys\":0,\"identities\":0}"));
    }

    @Test
    void needACodeAndOnlyOne() {
        var both = Json.object()
                .put("mfa_token", challenge().get("mfa_token").asText())
                .put("code", factors.app().nextCode())
                .put("recovery_code", factors.recoveryCode());

        assertThat(anonymous
                        .post("/api/v1/auth/login/mfa", both.toString())
                        .expect(400)
                        .pointers())
                .containsExactly("/code");
        both.remove("code");
        both.remove("recovery_code");
        assertThat(anonymous
                        .post("/api/v1/auth/login/mfa", both.toString())
                        .expect(400)
                        .pointers())
                .containsExactly("/code");
    }

    @Test
    void confirmASession() {
        var code = Json.object().put("code", factors.app().nextCode()).toString();

        ada.api().post("/api/v1/auth/confirm", code).expect(204);
        assertThat(ada.api().post("/api/v1/auth/confirm", code).expect(400).pointers())
                .containsExactly("/code");
        assertThat(ada.api().post("/api/v1/auth/confirm", "{}").expect(400).pointers())
                .containsExactly("/current_password");
    }

    @Test
    void areRemovedByAnAdministratorAndByTheOperator(ParleyJar jar) {
        var grace = CommandRunner.promoted(jar, TestUser.registered(anonymous, "grace"));

        var account = "/api/v1/admin/users/" + ada.id();
        var before = grace.api().get(account).expect(200);
        assertThat(before.json().get("has_totp").asBoolean()).isTrue();
        assertThat(before.json().get("passkeys").asInt()).isZero();
        assertThat(before.json().get("last_sign_in_at").isTextual()).isTrue();
        var known = ApiRequest.of("GET", account).with("If-None-Match", before.header("ETag"));
        grace.api().send(known).expect(304);

        grace.api().delete(account + "/mfa").expect(204);

        assertThat(grace.api().send(known).expect(200).json().get("has_totp").asBoolean())
                .isFalse();
        ada.api().get("/api/v1/users/me").expect(401);
        var again = ada.again();
        TestFactors.of(again);
        ada.login(ada.password()).expect(403);
        assertThat(CommandRunner.run(jar, "admin", "reset-mfa", ada.email())).contains("sessions ended: 1");
        ada.login(ada.password()).expect(200);
    }

    @Test
    void canBeTurnedOff() {
        ada.api().delete("/api/v1/users/me/totp").expect(204);
        ada.api().delete("/api/v1/users/me/totp").expect(204);

        ada.login(ada.password()).expect(200);
        ada.api().send(ApiRequest.of("POST", "/api/v1/users/me/recovery-codes")).expect(409);
    }

    private JsonNode challenge() {
        return ada.login(ada.password()).expect(403).json();
    }

    private ApiResponse complete(JsonNode challenge, String field, String code) {
        var body = Json.object().put("mfa_token", challenge.get("mfa_token").asText());
        return anonymous.post("/api/v1/auth/login/mfa", body.put(field, code).toString());
    }
}
