package io.parley.users.passkeys;

import static io.parley.testing.Answers.problemOf;
import static io.parley.users.passkeys.PasskeysScene.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.identities.Passkeys;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.testing.signin.SoftwareAuthenticator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class PasskeysTest {
    private static PasskeysScene scene;

    private final Bus bus;

    PasskeysTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = PasskeysScene.deploy(vertx, bus, database, folder);
    }

    @Test
    void signIn() {
        var ada = scene.register("signs-in@example.org");
        var passkey = Answers.of(scene.add(ada, ada.authenticator().create(scene.newOptions(ada))));
        assertThat(passkey.transports()).containsExactly("hybrid", "internal");
        assertThat(passkey.backedUp()).isFalse();
        assertThat(passkey.lastUsedAt()).isNull();

        for (int time = 0; time < 2; time++) {
            var session = Answers.of(scene.login(ada.authenticator().get(scene.loginOptions())));
            assertThat(session.user().id()).isEqualTo(ada.session().user().id());
            assertThat(session.sessionId()).isNotEqualTo(ada.session().sessionId());
        }

        assertThat(scene.list(ada)).singleElement().satisfies(listed -> {
            assertThat(listed.id()).isEqualTo(passkey.id());
            assertThat(listed.name()).isEqualTo("My phone");
            assertThat(listed.lastUsedAt()).isNotNull();
        });
    }

    @Test
    void areAskedForWithOptionsThatTellNothing() {
        var options = new JsonObject(scene.loginOptions());
        assertThat(options.getJsonArray("allowCredentials")).isEmpty();
        assertThat(options.getString("userVerification")).isEqualTo("required");
        assertThat(options.getString("rpId")).isEqualTo("example.org");
        assertThat(Base64.getUrlDecoder().decode(options.getString("challenge")))
                .hasSizeGreaterThanOrEqualTo(16);
        assertThat(scene.loginOptions()).isNotEqualTo(scene.loginOptions());
    }

    @Test
    void areMadeWithOptionsThatExcludeThoseThatAreThere() {
        var ada = scene.owner("excludes@example.org");
        var options = new JsonObject(scene.newOptions(ada));

        assertThat(options.getJsonArray("excludeCredentials")).hasSize(1);
        assertThat(options.getString("attestation")).isEqualTo("none");
        assertThat(options.getJsonObject("authenticatorSelection"))
                .isEqualTo(new JsonObject()
                        .put("residentKey", "required")
                        .put("requireResidentKey", true)
                        .put("userVerification", "required"));
        assertThat(options.getJsonArray("pubKeyCredParams").stream().map(each -> ((JsonObject) each).getInteger("alg")))
                .containsExactly(-7, -257);
        assertThat(options.getJsonObject("user").getString("name")).isEqualTo("excludes@example.org");
        assertThat(problemOf(scene.add(ada, ada.authenticator().create(options.encode())))
                        .kind())
                .isEqualTo(Kind.CONFLICT);
    }

    @Test
    void areMadeOnceForTheirOwnOptionsAndInTime() {
        var ada = scene.register("once@example.org");
        var grace = scene.register("other@example.org");
        var options = scene.newOptions(ada);
        assertThat(pointers(scene.add(grace, grace.authenticator().create(options))))
                .containsExactly("/credential");

        var answer = ada.authenticator().create(scene.newOptions(ada));
        Answers.of(scene.add(ada, answer));
        assertThat(pointers(scene.add(ada, answer))).containsExactly("/credential");
        var forLogin = new JsonObject(scene.newOptions(ada))
                .put("challenge", new JsonObject(scene.loginOptions()).getString("challenge"))
                .encode();
        assertThat(pointers(scene.add(ada, new SoftwareAuthenticator(ORIGIN).create(forLogin))))
                .containsExactly("/credential");
    }

    @Test
    void signInOnceForEachChallenge() {
        var ada = scene.owner("replays@example.org");
        var answer = ada.authenticator().get(scene.loginOptions());

        var attempts = Stream.generate(() -> scene.login(answer)).limit(6).toList();
        Answers.of(Future.join(attempts).otherwiseEmpty());

        assertThat(attempts.stream().filter(Future::succeeded)).hasSize(1);
        assertThat(problemOf(scene.login(answer)).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }

    @Test
    void signInOnlyWithACounterAboveTheLast() {
        var ada = scene.owner("counts@example.org");
        Answers.of(scene.login(ada.authenticator().get(scene.loginOptions(), plan -> plan.withCounter(50))));

        for (long counter : new long[] {50, 49, 0})
            assertThat(problemOf(scene.login(
                                    ada.authenticator().get(scene.loginOptions(), plan -> plan.withCounter(counter))))
                            .kind())
                    .isEqualTo(Kind.UNAUTHENTICATED);
        Answers.of(scene.login(ada.authenticator().get(scene.loginOptions(), plan -> plan.withCounter(51))));

        var grace = scene.owner("does-not-count@example.org");
        for (int time = 0; time < 2; time++)
            Answers.of(scene.login(grace.authenticator().get(scene.loginOptions(), plan -> plan.withCounter(0))));
    }

    @Test
    void needARecentSignInAndAreOne() {
        var ada = scene.owner("recent@example.org");
        var id = scene.list(ada).get(0).id();
        var answer = new SoftwareAuthenticator(ORIGIN).create(scene.newOptions(ada));
        scene.run("/* test */ UPDATE sessions SET signed_in_at = now() - interval '1 hour' WHERE user_id = #{id}", ada);

        for (var change : List.<Future<?>>of(
                bus.ask(Passkeys.NEW_OPTIONS, new Passkeys.NewOptions(ada.caller(), ada.origin())),
                scene.add(ada, answer),
                bus.ask(Passkeys.REMOVE, new Passkeys.Remove(ada.caller(), ada.origin(), id))))
            assertThat(problemOf(change).kind()).isEqualTo(Kind.SIGN_IN_NOT_RECENT);
        var grace = scene.owner("recent-too@example.org");
        assertThat(pointers(scene.prove(ada, grace.authenticator().get(scene.loginOptions()))))
                .containsExactly("/credential");
        Answers.of(scene.prove(ada, ada.authenticator().get(scene.loginOptions())));

        Answers.of(scene.add(ada, answer));
        assertThat(scene.list(ada)).hasSize(2);
    }

    private static List<String> pointers(Future<?> failing) {
        return problemOf(failing).faults().stream().map(Problem.Fault::pointer).toList();
    }
}
