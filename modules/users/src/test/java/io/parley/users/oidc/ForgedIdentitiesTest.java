package io.parley.users.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import io.parley.contracts.users.Oidc.Outcome;
import io.parley.contracts.users.Oidc.ProviderAnswer;
import io.parley.kernel.Bus;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.testing.signin.IdToken;
import io.parley.testing.signin.ScriptedProvider.Callback;
import io.parley.users.AccountSettings;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** ID tokens and callbacks that nobody is signed in by. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class ForgedIdentitiesTest {
    /** ID tokens that nobody may be signed in by. */
    private static final Map<String, UnaryOperator<IdToken>> FORGERIES = new LinkedHashMap<>();

    static {
        FORGERIES.put("another nonce", token -> token.with("nonce", "another"));
        FORGERIES.put("no nonce", token -> token.with("nonce", null));
        FORGERIES.put("another issuer", token -> token.with("iss", "https://evil.example.org"));
        FORGERIES.put("no issuer", token -> token.with("iss", null));
        FORGERIES.put("another audience", token -> token.audience("another"));
        FORGERIES.put("no audience", token -> token.with("aud", null));
        FORGERIES.put("two audiences without an authorized party", token -> token.audience("parley", "another"));
        FORGERIES.put(
                "another authorized party",
                token -> token.audience("parley", "another").with("azp", "another"));
        FORGERIES.put("another authorized party alone", token -> token.with("azp", "another"));
        FORGERIES.put("expired", IdToken::expired);
        FORGERIES.put("no expiry", token -> token.with("exp", null));
        FORGERIES.put("no subject", token -> token.with("sub", null));
        FORGERIES.put("a subject with a control character", token -> token.with("sub", "a\u0000b"));
        FORGERIES.put("a subject that is too long", token -> token.with("sub", "a".repeat(256)));
        FORGERIES.put("no signature", token -> token.by(new JWSAlgorithm("none")));
        FORGERIES.put("signed with the secret of the client", token -> token.by(JWSAlgorithm.HS256));
        FORGERIES.put("signed with another algorithm", token -> token.by(JWSAlgorithm.PS256));
        FORGERIES.put("signed with another key", IdToken::byAnotherKey);
    }

    private static OidcScene scene;

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = OidcScene.deploy(vertx, bus, database, folder, AccountSettings.OPEN);
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @BeforeEach
    void stopForging() {
        scene.acme().forging(UnaryOperator.identity());
    }

    @Test
    void refusesForgedTokens() {
        scene.acme().person("forged", "forged@example.org");
        FORGERIES.forEach((name, forgery) -> {
            scene.acme().forging(forgery);
            var finished = scene.arrive("acme", false);
            assertThat(finished.outcome()).as(name).isEqualTo(Outcome.PROVIDER_ERROR);
            assertThat(finished.code()).as(name).isNull();
        });
        scene.acme().forging(token -> token.audience("parley", "another").with("azp", "parley"));
        assertThat(scene.arrive("acme", false).outcome()).isEqualTo(Outcome.SIGN_IN);
    }

    @Test
    void refusesACallbackThatIsNotTheAnswer() {
        scene.acme().person("state", "state@example.org");
        var started = scene.start("acme", false);
        var other = scene.start("acme", false);
        var callback = scene.acme().authorize(started.location());
        var code = new Secret(callback.code());
        var refused = Stream.of(
                new ProviderAnswer(code, null, callback.issuer(), null),
                new ProviderAnswer(code, "", callback.issuer(), null),
                new ProviderAnswer(code, callback.state().replaceFirst(".", "_"), callback.issuer(), null),
                new ProviderAnswer(code, callback.state() + "=", callback.issuer(), null));
        refused.forEach(answer -> assertThat(Answers.of(scene.finish("acme", started.browser(), answer))
                        .outcome())
                .as("%s", answer)
                .isEqualTo(Outcome.PROVIDER_ERROR));
        assertThat(outcome("acme", other.browser(), callback))
                .as("another browser")
                .isEqualTo(Outcome.PROVIDER_ERROR);
        assertThat(outcome("acme", null, callback)).as("no cookie").isEqualTo(Outcome.PROVIDER_ERROR);
        assertThat(outcome("trusted", started.browser(), callback))
                .as("another provider")
                .isEqualTo(Outcome.PROVIDER_ERROR);

        assertThat(outcome("acme", started.browser(), callback)).isEqualTo(Outcome.SIGN_IN);
        var again = scene.acme().authorize(started.location());
        assertThat(outcome("acme", started.browser(), again)).as("used").isEqualTo(Outcome.PROVIDER_ERROR);
    }

    @Test
    void refusesAnAnswerOfAnotherProvider() {
        scene.acme().person("mixed-up", "mixed-up@example.org");
        for (var issuer : new String[] {null, "https://evil.example.org", ""}) {
            var started = scene.start("acme", false);
            var callback = scene.acme().authorize(started.location());
            var answer = new ProviderAnswer(new Secret(callback.code()), callback.state(), issuer, null);
            assertThat(Answers.of(scene.finish("acme", started.browser(), answer))
                            .outcome())
                    .isEqualTo(Outcome.PROVIDER_ERROR);
        }
    }

    private Outcome outcome(String provider, Secret browser, Callback callback) {
        return Answers.of(scene.finish(provider, browser, callback)).outcome();
    }
}
