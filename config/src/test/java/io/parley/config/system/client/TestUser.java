package io.parley.config.system.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * A user who is signed in.
 *
 * @param api the API with this user's access token
 * @param tokens the response to the sign-in
 */
public record TestUser(String email, String password, ApiClient api, JsonNode tokens) {
    public static final String PASSWORD = "the engine weaves algebra";

    public static TestUser registered(ApiClient api, String name) {
        var email = address(name);
        var answer = api.post("/api/v1/auth/register", credentials(email, PASSWORD));
        return signedIn(api, email, PASSWORD, answer.expect(201));
    }

    /** An e-mail address that is not in use. */
    public static String address(String name) {
        return name + "." + UUID.randomUUID() + "@example.org";
    }

    /** The same user in a new session. */
    public TestUser again() {
        return signedIn(api, email, password, login(password).expect(200));
    }

    public ApiResponse login(String password) {
        return api.post("/api/v1/auth/login", credentials(email, password));
    }

    /** The same session with the tokens of this answer. */
    public TestUser with(ApiResponse answer) {
        return signedIn(api, email, password, answer);
    }

    public String id() {
        return tokens.at("/user/id").asText();
    }

    public String accessToken() {
        return tokens.get("access_token").asText();
    }

    public String refreshToken() {
        return tokens.get("refresh_token").asText();
    }

    private static TestUser signedIn(ApiClient api, String email, String password, ApiResponse answer) {
        var tokens = answer.json();
        return new TestUser(email, password, api.as(tokens.get("access_token").asText()), tokens);
    }

    private static String credentials(String email, String password) {
        return Json.object().put("email", email).put("password", password).toString();
    }
}
