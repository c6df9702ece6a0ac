package io.parley.config.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestFactors;
import io.parley.config.system.client.TestPasskey;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Passkeys over HTTP; what must be refused is tested in the users module. */
@ExtendWith(SharedJarExtension.class)
class PasskeysIT {
    private static final String PASSKEYS = "/api/v1/users/me/passkeys";
    private static final String LOGIN = "/api/v1/auth/passkeys/login";

    private ApiClient anonymous;
    private TestUser ada;
    private TestPasskey passkey;

    @BeforeEach
    void register(ApiClient api) {
        anonymous = api;
        ada = TestUser.registered(api, "ada");
        passkey = TestPasskey.of(api, ada);
    }

    @Test
    void signInAsTwoFactors() {
        TestFactors.of(ada);
        ada.login(ada.password()).expect(403);
        var assertion = passkey.assertion();

        var session = ada.with(anonymous.post(LOGIN, assertion).expect(200));

        assertThat(session.id()).isEqualTo(ada.id());
        session.api().get("/api/v1/users/me").expect(200);
        anonymous.post(LOGIN, assertion).expect(401);
        anonymous.post(LOGIN, "{\"credential\":{}}").expect(401);
        assertThat(ada.api()
                        .get("/api/v1/users/me/security")
                        .expect(200)
                        .json()
                        .get("passkeys")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void areListedRenamedAndRemoved() {
        var path = PASSKEYS + "/" + passkey.id();
        assertThat(ada.api().patch(path, "{\"name\":\"Laptop\"}").expect(200).json())
                .isEqualTo(ada.api().get(PASSKEYS).expect(200).json().at("/items/0"));

        ada.api().delete(path).expect(204);

        assertThat(ada.api().get(PASSKEYS).expect(200).json().get("items")).isEmpty();
        anonymous.post(LOGIN, passkey.assertion()).expect(401);
    }

    @Test
    void areNotAddedIfTheAnswerIsToOtherOptions() {
        var body = Json.read(TestPasskey.creation(TestPasskey.authenticator(anonymous), ada));
        ada.api().post(PASSKEYS, body.toString()).expect(201);

        assertThat(ada.api().post(PASSKEYS, body.toString()).expect(400).pointers())
                .containsExactly("/credential");
    }

    @Test
    void confirmASession() {
        ada.api().post("/api/v1/auth/confirm", passkey.assertion()).expect(204);
        assertThat(ada.api()
                        .post("/api/v1/auth/confirm", "{\"credential\":{}}")
                        .expect(400)
                        .pointers())
                .containsExactly("/credential");
    }
}
