package io.parley.config.system.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.harness.SharedJarExtension;
import io.parley.testing.signin.ScriptedProvider;
import java.util.UUID;

/**
 * A browser in which somebody signs in at the provider of the shared server, which knows them by this e-mail address.
 *
 * @param anonymous the API without a token
 */
public record TestProvider(ApiClient anonymous, String email) {
    public static final String NAME = "acme";
    private static final String PATH = "/api/v1/auth/oidc/" + NAME;

    /** Somebody new. */
    public static TestProvider of(ApiClient anonymous) {
        return new TestProvider(anonymous, UUID.randomUUID() + "@elsewhere.example.org");
    }

    public String signInCode() {
        return fragment("", "sign_in_code");
    }

    public String linkCode() {
        return fragment("?link=1", "link_code");
    }

    /** The id of an identity that is linked to the account of this user. */
    public String linkedTo(TestUser user) {
        var body = Json.object().put("link_code", linkCode()).toString();
        return user.api()
                .post("/api/v1/users/me/identities", body)
                .expect(201)
                .json()
                .get("id")
                .asText();
    }

    /** The value of this parameter in the fragment of the page that the browser gets to at last. */
    public String fragment(String query, String parameter) {
        var location = arrive(query).header("Location");
        assertThat(location).startsWith(SharedJarExtension.PUBLIC_URL + "/");
        assertThat(location).contains("#" + parameter + "=");
        return location.substring(location.indexOf('=', location.indexOf('#')) + 1);
    }

    /** The answer of the callback. */
    public ApiResponse arrive(String query) {
        var started = anonymous.get(PATH + query).expect(302);
        var callback = signIn(started.header("Location"));
        var cookie = started.header("Set-Cookie").split(";", 2)[0];
        var target = PATH + "/callback?code=" + callback.code() + "&state=" + callback.state()
                + "&session_state=any&iss=" + callback.issuer();
        return anonymous
                .send(ApiRequest.of("GET", target).with("Cookie", cookie))
                .expect(303);
    }

    private ScriptedProvider.Callback signIn(String location) {
        synchronized (SharedJarExtension.PROVIDER) {
            return SharedJarExtension.PROVIDER
                    .person("subject of " + email, email)
                    .authorize(location);
        }
    }
}
