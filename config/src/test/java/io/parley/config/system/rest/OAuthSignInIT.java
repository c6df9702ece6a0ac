package io.parley.config.system.rest;

import static io.parley.config.system.client.TestProgram.request;
import static io.parley.config.system.client.TestProgram.returned;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestFactors;
import io.parley.config.system.client.TestProgram;
import io.parley.config.system.client.TestProvider;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Signing in with another provider on the page where users let programs in. */
@ExtendWith(SharedJarExtension.class)
class OAuthSignInIT {
    private static final Pattern RETURN_TO = Pattern.compile("name=\"return_to\" value=\"([^\"]+)\"");

    private ApiClient anonymous;
    private TestProgram program;
    private TestProvider person;

    @BeforeEach
    void open(ApiClient api) {
        anonymous = api;
        program = new TestProgram(api);
        person = TestProvider.of(api);
    }

    @Test
    void letsAProgramInAndReturnsToTheSameRequest() {
        var request = request("tasks:read");
        var page = program.authorize(request);
        assertThat(page.body())
                .contains("Continue with Acme Inc.", "action=\"../api/v1/auth/oidc/acme\"")
                .doesNotContain("<script");
        var path = returnTo(page);

        var arrived = arrive(path);
        assertThat(arrived.header("Location")).isEqualTo(SharedJarExtension.PUBLIC_URL + path);
        assertThat(consentCookie(arrived))
                .matches(
                        "parley_consent=sign_in_code\\.[^;]+; Max-Age=60; .*Path=/oauth/authorize; HTTPOnly; SameSite=Lax");

        var consent = open(path, arrived);
        assertThat(consent.statusCode()).isEqualTo(200);
        assertThat(consent.body())
                .contains(person.email(), "Allow", "tasks:read")
                .doesNotContain("tasks:write");
        assertThat(consent.headers().firstValue("Set-Cookie").orElseThrow()).startsWith("parley_consent=; Max-Age=0;");
        var back = returned(program.decide(request, consent, "allow"));
        assertThat(back).containsEntry("state", "a b&c");
        assertThat(program.redeem(back.get("code")).statusCode()).isEqualTo(200);
    }

    @Test
    void isOnceAndForTheRequestThatItWasBegunForOnly() {
        var path = returnTo(program.authorize(request("tasks:read")));
        var arrived = arrive(path);
        var other = open(returnTo(program.authorize(request("chat"))), arrived);
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.body()).contains("E-mail", "Password").doesNotContain("Allow");
        var head = HttpRequest.newBuilder(anonymous.server().resolve(path))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .header("Cookie", consentCookie(arrived).split(";", 2)[0]);
        assertThat(program.send(head).statusCode()).isEqualTo(200);

        assertThat(open(path, arrived).body()).contains("Allow");
        var again = open(path, arrived);
        assertThat(again.statusCode()).isEqualTo(401);
        assertThat(again.body()).contains("role=\"alert\"", "Password").doesNotContain("Allow");
    }

    @Test
    void asksForTheSecondFactorAsWell() {
        var ada = TestUser.registered(anonymous, "ada");
        person.linkedTo(ada);
        var factors = TestFactors.of(ada);
        var request = request("chat");
        var path = returnTo(program.authorize(request));

        var page = open(path, arrive(path));

        assertThat(page.body()).contains("Code").doesNotContain("Allow");
        var code = Map.of("step", "code", "mfa_token", TestProgram.hidden(page), "code", factors.recoveryCode());
        assertThat(program.submit(request, code).body()).contains("Allow", ada.email());
    }

    @Test
    void saysWhatWentWrong() {
        var ada = TestUser.registered(anonymous, "ada");
        var path = returnTo(program.authorize(request("chat")));
        person = new TestProvider(anonymous, ada.email());
        assertThat(open(path, arrive(path)).body()).contains("There is an account with this e-mail address already.");

        var started = start(path);
        var state = started.header("Location").replaceFirst(".*[?&]state=([^&]*).*", "$1");
        var denied = anonymous
                .send(ApiRequest.of("GET", "/api/v1/auth/oidc/acme/callback?error=access_denied&state=" + state)
                        .with("Cookie", started.header("Set-Cookie").split(";", 2)[0]))
                .expect(303);
        var page = open(path, denied);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("The sign-in was cancelled.", "Continue with Acme Inc.");
    }

    @Test
    void isNotOfferedIfTheWayBackWouldBeTooLong() {
        var request = request("chat");
        request.put("state", "x".repeat(2000));
        assertThat(program.authorize(request).body()).contains("Password").doesNotContain("Continue with");
    }

    @Test
    void leavesNoSessionBehind() {
        var request = request("chat");
        var path = returnTo(program.authorize(request));
        program.decide(request, open(path, arrive(path)), "deny");

        var code = Json.object().put("code", person.signInCode()).toString();
        var signedIn =
                anonymous.post("/api/v1/auth/oidc/exchange", code).expect(200).json();
        var sessions = anonymous
                .as(signedIn.get("access_token").asText())
                .get("/api/v1/auth/sessions")
                .expect(200)
                .json();
        assertThat(sessions.get("items")).hasSize(1);
    }

    private static String returnTo(HttpResponse<String> page) {
        var found = RETURN_TO.matcher(page.body());
        assertThat(found.find()).as(page.body()).isTrue();
        return found.group(1).replace("&amp;", "&");
    }

    private ApiResponse start(String path) {
        return anonymous.get("/api/v1/auth/oidc/acme" + query(path)).expect(302);
    }

    private ApiResponse arrive(String path) {
        return person.arrive(query(path));
    }

    private static String query(String path) {
        return "?return_to=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> open(String path, ApiResponse arrived) {
        return program.send(HttpRequest.newBuilder(anonymous.server().resolve(path))
                .header("Cookie", consentCookie(arrived).split(";", 2)[0]));
    }

    private static String consentCookie(ApiResponse arrived) {
        return arrived.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.startsWith("parley_consent="))
                .findFirst()
                .orElseThrow();
    }
}
