package io.parley.config.system.client;

import io.parley.testing.signin.SoftwareAuthenticator;

/**
 * A passkey, and the browser that has it.
 *
 * @param anonymous the API without a token
 * @param id null before the passkey is added
 */
public record TestPasskey(ApiClient anonymous, SoftwareAuthenticator authenticator, String id) {
    /** Adds a passkey to the user's account. */
    public static TestPasskey of(ApiClient anonymous, TestUser user) {
        var authenticator = authenticator(anonymous);
        var added = user.api()
                .post("/api/v1/users/me/passkeys", creation(authenticator, user))
                .expect(201);
        return new TestPasskey(anonymous, authenticator, added.json().get("id").asText());
    }

    /** The body of a request that adds the passkey of this authenticator. */
    public static String creation(SoftwareAuthenticator authenticator, TestUser user) {
        var options = user.api()
                .send(ApiRequest.of("POST", "/api/v1/users/me/passkeys/options"))
                .expect(200);
        var body = Json.object().put("name", "My phone");
        body.set("credential", Json.read(authenticator.create(options.text())));
        return body.toString();
    }

    /** On a page of the server. */
    public static SoftwareAuthenticator authenticator(ApiClient anonymous) {
        var options = anonymous.get("/api/v1/auth/options").expect(200).json();
        return new SoftwareAuthenticator(options.get("passkey_origins").get(0).asText());
    }

    /** The body of a request that signs in. */
    public String assertion() {
        var options = anonymous.post("/api/v1/auth/passkeys/options", "{}").expect(200);
        var body = Json.object();
        body.set("credential", Json.read(authenticator.get(options.text())));
        return body.toString();
    }
}
