package io.parley.config.system.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestFactors;
import io.parley.config.system.client.TestProvider;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import io.parley.testing.signin.ScriptedProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in at another provider over HTTP; what must be refused is tested in the users module. */
@ExtendWith(SharedJarExtension.class)
class OidcIT {
    private static final String START = "/api/v1/auth/oidc/acme";
    private static final String EXCHANGE = "/api/v1/auth/oidc/exchange";
    private static final String IDENTITIES = "/api/v1/users/me/identities";

    private ApiClient anonymous;

    @BeforeEach
    void setUp(ApiClient api) {
        anonymous = api;
    }

    @Test
    void isOffered() {
        var providers = anonymous.get("/api/v1/auth/oidc").expect(200).json();
        assertThat(providers).isEqualTo(Json.read("{\"items\":[{\"name\":\"acme\",\"title\":\"Acme Inc.\"}]}"));
        assertThat(anonymous.get("/api/v1/auth/options").expect(200).json().get("oidc"))
                .isEqualTo(providers);
    }

    @Test
    void sendsTheBrowserToTheProvider() {
        var started = anonymous.get(START + "?return_to=/settings%3Ftab%3D1").expect(302);

        assertThat(started.header("Location"))
                .startsWith(SharedJarExtension.PROVIDER.issuer() + "/authorize?")
                .contains(
                        "response_type=code",
                        "client_id=" + ScriptedProvider.CLIENT_ID,
                        "redirect_uri=http%3A%2F%2Fparley.example.org%2Fapi%2Fv1%2Fauth%2Foidc%2Facme%2Fcallback",
                        "scope=openid+email+profile",
                        "code_challenge_method=S256",
                        "code_challenge=",
                        "nonce=",
                        "state=");
        assertThat(started.header("Set-Cookie"))
                .matches("parley_oidc=[\\w-]{43}; Max-Age=600; .*Path=/api/v1/auth/oidc; HTTPOnly; SameSite=Lax");
        var callback = SharedJarExtension.PROVIDER.authorize(started.header("Location"));
        var foreign = START + "/callback?code=" + callback.code() + "&state=" + callback.state();
        assertThat(anonymous.get(foreign).expect(303).header("Location"))
                .isEqualTo(SharedJarExtension.PUBLIC_URL + "/#sign_in_error=provider_error");
        anonymous.get("/api/v1/auth/oidc/nobody").expect(404);
        anonymous.get("/api/v1/auth/oidc/nobody/callback").expect(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.org",
                "//evil.example.org",
                "/%5Cevil.example.org",
                "%2F%2Fevil.example.org",
                "settings",
                "/a%23sign_in_code=b",
                "/%0Aa",
                "%40evil.example.org"
            })
    void returnsToItsOwnPagesOnly(String path) {
        assertThat(anonymous.get(START + "?return_to=" + path).expect(400).pointers())
                .containsExactly("return_to");
    }

    @Test
    void signsInSomebodyNewAndAgain() {
        var person = TestProvider.of(anonymous);
        var code = person.signInCode();
        var signedIn = exchange(code).expect(200).json();
        exchange(code).expect(401);
        assertThat(signedIn.at("/user/email").asText()).isEqualTo(person.email());
        assertThat(signedIn.has("refresh_token")).isTrue();

        var web = ApiRequest.of("POST", "/api/v1/web/oidc/exchange")
                .json(body("code", person.signInCode()))
                .with("Parley-Web", "1");
        var again = anonymous.send(web).expect(200);

        assertThat(again.json().at("/user/id")).isEqualTo(signedIn.at("/user/id"));
        assertThat(again.json().has("refresh_token")).isFalse();
        assertThat(again.header("Set-Cookie")).startsWith("parley=");
        var api = anonymous.as(signedIn.get("access_token").asText());
        var security = api.get("/api/v1/users/me/security").expect(200).json();
        assertThat(security.get("has_password").asBoolean()).isFalse();
        assertThat(security.get("identities").asInt()).isEqualTo(1);
        var only = api.get(IDENTITIES).expect(200).json().at("/items/0/id").asText();
        api.delete(IDENTITIES + "/" + only).expect(409);
        var login = Json.object().put("email", person.email()).put("password", "none");
        anonymous.post("/api/v1/auth/login", login.toString()).expect(401);
    }

    @Test
    void linksAnAccountWithTheSameAddressByConsent() {
        var ada = TestUser.registered(anonymous, "ada");
        var grace = TestUser.registered(anonymous, "grace");
        var person = new TestProvider(anonymous, ada.email());
        var code = person.fragment("?return_to=/settings", "link_code");
        exchange(code).expect(401);
        assertThat(grace.api()
                        .post(IDENTITIES, body("link_code", code))
                        .expect(400)
                        .pointers())
                .containsExactly("/link_code");

        var linked =
                ada.api().post(IDENTITIES, body("link_code", code)).expect(201).json();

        assertThat(linked.get("provider").asText()).isEqualTo("acme");
        assertThat(ada.api().get(IDENTITIES).expect(200).json().at("/items/0")).isEqualTo(linked);
        TestFactors.of(ada);
        assertThat(exchange(person.signInCode())
                        .expect(403)
                        .json()
                        .get("mfa_required")
                        .asBoolean())
                .isTrue();
        ada.api().delete(IDENTITIES + "/" + linked.get("id").asText()).expect(204);
        assertThat(ada.api().get(IDENTITIES).expect(200).json().get("items")).isEmpty();
    }

    private ApiResponse exchange(String code) {
        return anonymous.post(EXCHANGE, body("code", code));
    }

    private static String body(String field, String value) {
        return Json.object().put(field, value).toString();
    }
}
