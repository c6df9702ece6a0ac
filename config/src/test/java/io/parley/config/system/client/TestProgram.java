package io.parley.config.system.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.kernel.crypto.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A program that asks users to let it in (OAuth 2.0), and the browser in which they decide. */
public final class TestProgram {
    public static final String ID = "editor";
    public static final String REDIRECT_URI = "http://127.0.0.1:4711/callback";

    /** The setting {@code oauth.clients} that knows it; its redirect URI has another port. */
    public static final String SETTING = "[{\"client_id\":\"" + ID
            + "\",\"name\":\"Editor <b>\",\"redirect-uris\":[\"http://127.0.0.1/callback\",\"editor.example:/done\"]}]";

    public static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final Pattern HIDDEN = Pattern.compile("name=\"(ticket|mfa_token)\" value=\"([^\"]+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;

    public TestProgram(ApiClient api) {
        this.server = api.server();
    }

    /** Parameters that ask for these scopes. */
    public static Map<String, String> request(String scopes) {
        var challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(VERIFIER));
        return new TreeMap<>(Map.of(
                "response_type",
                "code",
                "client_id",
                ID,
                "redirect_uri",
                REDIRECT_URI,
                "state",
                "a b&c",
                "code_challenge",
                challenge,
                "code_challenge_method",
                "S256",
                "scope",
                scopes));
    }

    public HttpResponse<String> authorize(Map<String, String> request) {
        return send(HttpRequest.newBuilder(address(request)));
    }

    /** Sends the form of a page. */
    public HttpResponse<String> submit(Map<String, String> request, Map<String, String> form, String... headers) {
        var sent = form(address(request), form);
        if (headers.length > 0) sent.headers(headers);
        return send(sent);
    }

    /** Signs the user in on the page; the answer is the page for the decision. */
    public HttpResponse<String> signIn(Map<String, String> request, TestUser user) {
        return submit(request, Map.of("step", "sign-in", "email", user.email(), "password", user.password()));
    }

    /** What a page keeps for its form. */
    public static String hidden(HttpResponse<String> page) {
        var found = HIDDEN.matcher(page.body());
        assertThat(found.find()).as(page.body()).isTrue();
        return found.group(2);
    }

    public HttpResponse<String> decide(Map<String, String> request, HttpResponse<String> page, String decision) {
        return submit(request, Map.of("step", "decide", "ticket", hidden(page), "decision", decision));
    }

    /** The parameters that the answer sends back to the program. */
    public static Map<String, String> returned(HttpResponse<String> answer) {
        var location = answer.headers().firstValue("Location").orElseThrow(() -> new AssertionError(answer.body()));
        return Arrays.stream(location.split("\\?", 2)[1].split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
    }

    public HttpResponse<String> token(Map<String, String> form) {
        return send(form(server.resolve("/oauth/token"), form));
    }

    public HttpResponse<String> redeem(String code) {
        return token(
                Map.of("grant_type", "authorization_code", "client_id", ID, "code", code, "code_verifier", VERIFIER));
    }

    public HttpResponse<String> refresh(String refreshToken) {
        return token(Map.of("grant_type", "refresh_token", "client_id", ID, "refresh_token", refreshToken));
    }

    public HttpResponse<String> revoke(String token) {
        return send(form(server.resolve("/oauth/revoke"), Map.of("token", token, "client_id", ID)));
    }

    /** All of it: the user lets the program in, which gets its tokens. */
    public JsonNode letIn(TestUser user, String scopes) {
        var request = request(scopes);
        var answer = decide(request, signIn(request, user), "allow");
        var redeemed = redeem(returned(answer).get("code"));
        assertThat(redeemed.statusCode()).as(redeemed.body()).isEqualTo(200);
        return Json.read(redeemed.body());
    }

    private URI address(Map<String, String> request) {
        return server.resolve("/oauth/authorize?" + encoded(request));
    }

    private static HttpRequest.Builder form(URI target, Map<String, String> form) {
        return HttpRequest.newBuilder(target)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(form)));
    }

    private static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
