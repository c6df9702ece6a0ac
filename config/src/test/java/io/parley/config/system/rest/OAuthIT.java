package io.parley.config.system.rest;

import static io.parley.config.system.client.TestProgram.hidden;
import static io.parley.config.system.client.TestProgram.request;
import static io.parley.config.system.client.TestProgram.returned;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestFactors;
import io.parley.config.system.client.TestProgram;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that a user lets in, from the page to the end of its tokens. */
@ExtendWith(SharedJarExtension.class)
class OAuthIT {
    private static final String GRANTS = "/api/v1/users/me/grants";

    private ApiClient anonymous;
    private TestProgram program;

    @BeforeEach
    void open(ApiClient api) {
        anonymous = api;
        program = new TestProgram(api);
    }

    @Test
    void letsAProgramIn() {
        var ada = TestUser.registered(anonymous, "ada");
        var request = request("tasks:read offline_access chat");
        var page = program.authorize(request);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("E-mail", "Password", "Sign in", "Editor &lt;b&gt;")
                .doesNotContain("<script");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("form-action");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");

        var consent = program.signIn(request, ada);
        assertThat(consent.body()).contains("Allow", "Deny", "127.0.0.1", "tasks:read", ada.email());
        assertThat(consent.body()).doesNotContain("tasks:write", ada.password());
        var answer = program.decide(request, consent, "allow");
        assertThat(answer.statusCode()).isEqualTo(303);
        var back = returned(answer);
        assertThat(answer.headers().firstValue("Location").orElseThrow()).startsWith(TestProgram.REDIRECT_URI + "?");
        assertThat(back)
                .containsEntry("state", "a b&c")
                .containsEntry("iss", SharedJarExtension.PUBLIC_URL)
                .containsOnlyKeys("code", "state", "iss");

        var tokens = json(program.redeem(back.get("code")), 200);
        assertThat(tokens.get("token_type").asText()).isEqualTo("Bearer");
        assertThat(tokens.get("scope").asText()).isEqualTo("tasks:read chat");
        assertThat(tokens.get("expires_in").asInt()).isEqualTo(3600);
        var editor = anonymous.as(tokens.get("access_token").asText());
        editor.get("/api/v1/tasks").expect(200);
        assertThat(editor.post("/api/v1/tasks", "{\"title\":\"Ferns\"}")
                        .expect(403)
                        .header("WWW-Authenticate"))
                .contains("error=\"insufficient_scope\"");
        editor.get(GRANTS).expect(403);
        editor.get("/api/v1/tokens").expect(403);
        assertThat(ada.api().get("/api/v1/auth/sessions").expect(200).json().get("items"))
                .as("the session of the page is over")
                .hasSize(1);
        assertThat(json(program.redeem(back.get("code")), 400).get("error").asText())
                .isEqualTo("invalid_grant");
        editor.get("/api/v1/tasks").expect(401);
    }

    @Test
    void endsAtOnceWhenItsUserSaysSo() {
        var ada = TestUser.registered(anonymous, "ada");
        var tokens = program.letIn(ada, "tasks:read");
        var editor = anonymous.as(tokens.get("access_token").asText());
        editor.get("/api/v1/tasks").expect(200);
        var grant = ada.api().get(GRANTS).expect(200).json().at("/items/0");
        assertThat(grant.get("client_id").asText()).isEqualTo(TestProgram.ID);
        assertThat(grant.get("last_used_at").isTextual()).isTrue();
        var grace = TestUser.registered(anonymous, "grace");
        grace.api().delete(GRANTS + "/" + grant.get("id").asText()).expect(403);

        ada.api().delete(GRANTS + "/" + grant.get("id").asText()).expect(204);

        editor.get("/api/v1/tasks").expect(401);
        assertThat(json(program.refresh(tokens.get("refresh_token").asText()), 400)
                        .get("error")
                        .asText())
                .isEqualTo("invalid_grant");
        assertThat(ada.api().get("/api/v1/users/me/security-events").json().findValuesAsText("type"))
                .contains("token.created", "token.used", "token.revoked");
    }

    @Test
    void rotatesAndRevokes() {
        var ada = TestUser.registered(anonymous, "ada");
        var tokens = program.letIn(ada, "tasks:write");
        var first = tokens.get("refresh_token").asText();
        var answers = new ArrayList<String>();
        for (int client = 0; client < 4; client++)
            answers.add(json(program.refresh(first), 200).get("refresh_token").asText());
        assertThat(answers).containsOnly(answers.get(0)).doesNotContain(first);
        var next = json(program.refresh(answers.get(0)), 200);
        var editor = anonymous.as(next.get("access_token").asText());
        editor.post("/api/v1/tasks", "{\"title\":\"Ferns\"}").expect(201);

        assertThat(program.revoke("unknown").statusCode()).isEqualTo(200);
        assertThat(program.revoke(next.get("refresh_token").asText()).statusCode())
                .isEqualTo(200);
        editor.get("/api/v1/tasks").expect(401);
        json(program.refresh(next.get("refresh_token").asText()), 400);
    }

    @Test
    void asksForTheSecondFactor() {
        var ada = TestUser.registered(anonymous, "ada");
        var factors = TestFactors.of(ada);
        var request = request("chat");
        var page = program.signIn(request, ada);
        assertThat(page.body()).contains("Code").doesNotContain("Allow");
        var token = hidden(page);
        var wrong = program.submit(request, Map.of("step", "code", "mfa_token", token, "code", "000000"));
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("Code", "role=\"alert\"");
        var consent =
                program.submit(request, Map.of("step", "code", "mfa_token", token, "code", factors.recoveryCode()));
        assertThat(consent.body()).contains("Allow");
        assertThat(returned(program.decide(request, consent, "allow"))).containsKey("code");
    }

    @Test
    void refusesAWrongPassword() {
        var ada = TestUser.registered(anonymous, "ada");
        var request = request("chat");
        var page = program.submit(request, Map.of("step", "sign-in", "email", ada.email(), "password", "wrong"));
        assertThat(page.statusCode()).isEqualTo(401);
        assertThat(page.body()).contains("role=\"alert\"", "Sign in").doesNotContain("Allow", "wrong\"");
    }

    @Test
    void tellsTheProgramThatItIsDenied() {
        var ada = TestUser.registered(anonymous, "ada");
        var request = request("chat");
        var answer = program.decide(request, program.signIn(request, ada), "deny");
        assertThat(returned(answer))
                .containsEntry("error", "access_denied")
                .containsEntry("state", "a b&c")
                .containsEntry("iss", SharedJarExtension.PUBLIC_URL)
                .doesNotContainKey("code");
        assertThat(ada.api().get(GRANTS).expect(200).json().get("items")).isEmpty();
    }

    @Test
    void decidesOnceAndAboutWhatWasShownOnly() {
        var ada = TestUser.registered(anonymous, "ada");
        var request = request("tasks:read");
        var page = program.signIn(request, ada);
        var more = request("tasks:write");
        assertThat(program.decide(more, page, "allow").statusCode()).isEqualTo(401);
        assertThat(returned(program.decide(request, page, "allow"))).containsKey("code");
        assertThat(program.decide(request, page, "allow").statusCode()).isEqualTo(401);
        var forged = Map.of("step", "decide", "ticket", hidden(page) + "x", "decision", "allow");
        assertThat(program.submit(request, forged).statusCode()).isEqualTo(401);
    }

    @Test
    void takesNoFormsFromOtherPages() {
        var ada = TestUser.registered(anonymous, "ada");
        var request = request("chat");
        var form = Map.of("step", "sign-in", "email", ada.email(), "password", ada.password());
        for (var origin : new String[] {"https://evil.example", "null", SharedJarExtension.FRIENDLY_ORIGIN})
            assertThat(program.submit(request, form, "Origin", origin).statusCode())
                    .isEqualTo(403);
        assertThat(program.submit(request, form, "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(403);
        var own = program.submit(
                request, form, "Origin", anonymous.server().toString().replaceFirst("/$", ""));
        assertThat(own.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "client_id, unknown",
                "client_id, -",
                "client_id, https://127.0.0.1/client.json",
                "client_id, https://localhost/client.json",
                "client_id, http://example.org/client.json",
                "redirect_uri, https://evil.example/callback",
                "redirect_uri, http://127.0.0.1:4711/other",
                "redirect_uri, http://127.0.0.1:4711@evil.example/callback",
                "redirect_uri, http://localhost:4711/callback",
                "redirect_uri, editor.example:/other",
                "redirect_uri, -"
            })
    void showsItsErrorsUntilItKnowsWhereToSendThem(String name, String value) {
        var page = program.authorize(changed(name, value));
        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.headers().firstValue("Location")).isEmpty();
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "response_type, token, unsupported_response_type",
                "response_type, -, invalid_request",
                "code_challenge, -, invalid_request",
                "code_challenge, short, invalid_request",
                "code_challenge_method, plain, invalid_request",
                "code_challenge_method, -, invalid_request",
                "resource, https://evil.example/mcp, invalid_target"
            })
    void sendsOtherErrorsBack(String name, String value, String error) {
        var answer = program.authorize(changed(name, value));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(returned(answer))
                .containsEntry("error", error)
                .containsEntry("state", "a b&c")
                .containsEntry("iss", SharedJarExtension.PUBLIC_URL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/mcp", "/mcp/"})
    void isOneResource(String path) {
        assertThat(program.authorize(changed("resource", SharedJarExtension.PUBLIC_URL + path))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void answersProgramsThatMakeMistakes() {
        assertThat(error(Map.of())).isEqualTo("invalid_request");
        assertThat(error(Map.of("grant_type", "password", "client_id", TestProgram.ID)))
                .isEqualTo("unsupported_grant_type");
        assertThat(error(Map.of("grant_type", "refresh_token", "client_id", "unknown", "refresh_token", "ort_")))
                .isEqualTo("invalid_client");
        assertThat(error(Map.of("grant_type", "refresh_token", "client_id", TestProgram.ID, "refresh_token", "ort_")))
                .isEqualTo("invalid_grant");
        assertThat(error(Map.of("grant_type", "authorization_code", "client_id", TestProgram.ID, "code", "\0")))
                .isEqualTo("invalid_request");
        var answer = program.token(Map.of("grant_type", "x"));
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        var get = program.send(HttpRequest.newBuilder(anonymous.server().resolve("/oauth/token")));
        assertThat(get.statusCode()).isEqualTo(405);
    }

    @Test
    void describesItself() {
        var address = anonymous.server().resolve("/.well-known/oauth-authorization-server");
        var document = json(program.send(HttpRequest.newBuilder(address)), 200);
        var issuer = SharedJarExtension.PUBLIC_URL;
        assertThat(document.get("issuer").asText()).isEqualTo(issuer);
        assertThat(document.get("authorization_endpoint").asText()).isEqualTo(issuer + "/oauth/authorize");
        assertThat(document.get("token_endpoint").asText()).isEqualTo(issuer + "/oauth/token");
        assertThat(document.get("revocation_endpoint").asText()).isEqualTo(issuer + "/oauth/revoke");
        assertThat(document.get("code_challenge_methods_supported").toString()).isEqualTo("[\"S256\"]");
        assertThat(document.get("token_endpoint_auth_methods_supported").toString())
                .isEqualTo("[\"none\"]");
        assertThat(document.get("client_id_metadata_document_supported").asBoolean())
                .isTrue();
        assertThat(document.get("authorization_response_iss_parameter_supported")
                        .asBoolean())
                .isTrue();
        assertThat(document.has("registration_endpoint")).isFalse();
        var resource = anonymous.server().resolve("/.well-known/oauth-protected-resource/mcp");
        assertThat(json(program.send(HttpRequest.newBuilder(resource)), 200)
                        .at("/authorization_servers/0")
                        .asText())
                .isEqualTo(issuer);
    }

    private String error(Map<String, String> form) {
        return json(program.token(form), 400).get("error").asText();
    }

    private static Map<String, String> changed(String name, String value) {
        var changed = new HashMap<>(request("tasks:read"));
        if (value == null) changed.remove(name);
        else changed.put(name, value);
        return changed;
    }

    private static JsonNode json(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return Json.read(response.body());
    }
}
