package io.parley.config.system.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.testing.signin.AuthenticatorApp;
import java.net.URI;
import java.util.Collections;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The second factors of a user.
 *
 * @param api with the user's access token
 * @param codes recovery codes that are left
 */
public record TestFactors(ApiClient api, AuthenticatorApp app, Queue<String> codes) {
    /** Of nobody: well-formed codes. */
    public static final TestFactors ANY = new TestFactors(
            new ApiClient(URI.create("http://localhost")),
            new AuthenticatorApp("A".repeat(32)),
            new ConcurrentLinkedQueue<>(Collections.nCopies(10_000, "aaaaa-aaaaa")));

    /** Turns TOTP on. */
    public static TestFactors of(TestUser user) {
        var app = setUp(user);
        var confirmed = user.api()
                .post(
                        "/api/v1/users/me/totp/confirm",
                        Json.object().put("code", app.code()).toString())
                .expect(200);
        return new TestFactors(user.api(), app, codes(confirmed.json()));
    }

    /** Makes a secret that is not confirmed. */
    public static AuthenticatorApp setUp(TestUser user) {
        var made =
                user.api().send(ApiRequest.of("POST", "/api/v1/users/me/totp")).expect(201);
        return new AuthenticatorApp(made.json().get("secret").asText());
    }

    /** A recovery code that has not been used; makes new ones if all are. */
    public synchronized String recoveryCode() {
        if (codes.isEmpty())
            codes.addAll(codes(api.send(ApiRequest.of("POST", "/api/v1/users/me/recovery-codes"))
                    .expect(200)
                    .json()));
        return codes.remove();
    }

    private static Queue<String> codes(JsonNode answer) {
        var codes = new ConcurrentLinkedQueue<String>();
        answer.get("recovery_codes").forEach(code -> codes.add(code.asText()));
        return codes;
    }
}
