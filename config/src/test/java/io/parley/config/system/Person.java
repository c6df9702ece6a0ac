package io.parley.config.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * Somebody with an account who is signed in.
 *
 * @param api the API as this person sees it
 * @param tokens the answer to the sign-in
 */
record Person(String email, String password, Api api, JsonNode tokens) {
    static final String PASSWORD = "the engine weaves algebra";

    static Person registered(Api api, String name) {
        var email = address(name);
        var answer = api.post("/api/v1/auth/register", credentials(email, PASSWORD));
        return signedIn(api, email, PASSWORD, answer.expect(201));
    }

    /** An address that nobody has yet. */
    static String address(String name) {
        return name + "." + UUID.randomUUID() + "@example.org";
    }

    /** The same person in a session of its own. */
    Person again() {
        return signedIn(api, email, password, login(password).expect(200));
    }

    Answer login(String password) {
        return api.post("/api/v1/auth/login", credentials(email, password));
    }

    /** The same session with the tokens of this answer. */
    Person with(Answer answer) {
        return signedIn(api, email, password, answer);
    }

    String id() {
        return tokens.at("/user/id").asText();
    }

    String accessToken() {
        return tokens.get("access_token").asText();
    }

    String refreshToken() {
        return tokens.get("refresh_token").asText();
    }

    private static Person signedIn(Api api, String email, String password, Answer answer) {
        var tokens = answer.json();
        return new Person(email, password, api.as(tokens.get("access_token").asText()), tokens);
    }

    private static String credentials(String email, String password) {
        return Json.object().put("email", email).put("password", password).toString();
    }
}
