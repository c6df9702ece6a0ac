package io.parley.users.passkeys;

import static io.parley.testing.Answers.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.testing.signin.Ceremony;
import io.parley.users.passkeys.PasskeysScene.Owner;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class ForgedPasskeysTest {
    /** What a server must refuse, whether a passkey is made or used. */
    private static final Map<String, UnaryOperator<Ceremony>> FORGERIES = new LinkedHashMap<>();

    static {
        FORGERIES.put("another origin", plan -> plan.withOrigin("https://evil.example.org"));
        FORGERIES.put("another scheme", plan -> plan.withOrigin("http://chat.example.org"));
        FORGERIES.put("another host", plan -> plan.withRpId("evil.example"));
        FORGERIES.put("another type", plan -> plan.withType("payment.get"));
        FORGERIES.put("no user present", plan -> plan.withFlags(0x04));
        FORGERIES.put("no user verified", plan -> plan.withFlags(0x01));
        FORGERIES.put("another challenge", plan -> plan.withChallenge("A".repeat(75)));
        FORGERIES.put("a short challenge", plan -> plan.withChallenge("AAAA"));
        FORGERIES.put("a changed challenge", plan -> plan.withChallenge(changed(plan.challenge())));
    }

    private static PasskeysScene scene;

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = PasskeysScene.deploy(vertx, bus, database, folder);
    }

    @Test
    void areNotMadeWithForgedAnswers() {
        var ada = scene.register("forged@example.org");
        FORGERIES.forEach((name, forgery) -> assertThat(
                        pointers(scene.add(ada, ada.authenticator().create(scene.newOptions(ada), forgery))))
                .as(name)
                .containsExactly("/credential"));
        for (var junk : List.of(
                "{}",
                "{\"id\":\"AAAA\"}",
                "{\"response\":{}}",
                ada.authenticator().get(scene.loginOptions())))
            assertThat(pointers(scene.add(ada, junk))).as(junk).containsExactly("/credential");

        assertThat(scene.list(ada)).isEmpty();
    }

    @Test
    void doNotSignInWithForgedAnswers() {
        var ada = scene.owner("refused@example.org");
        var grace = scene.owner("refused-too@example.org");
        var forgeries = new LinkedHashMap<>(FORGERIES);
        forgeries.put("a bad signature", Ceremony::withBrokenSignature);
        forgeries.put("another user's handle", plan -> plan.withUserHandle(handle(grace)));
        forgeries.put("no handle", plan -> plan.withUserHandle(null));
        forgeries.put("a short handle", plan -> plan.withUserHandle("AAAA"));

        forgeries.forEach((name, forgery) -> {
            var problem = problemOf(scene.login(ada.authenticator().get(scene.loginOptions(), forgery)));
            assertThat(problem.kind()).as(name).isEqualTo(Kind.UNAUTHENTICATED);
            assertThat(problem.detail()).isEqualTo("The passkey is not accepted.");
        });
        for (var junk : List.of("{}", "{\"id\":\"AAAA\"}", "{\"id\":1,\"response\":[]}", "{\"response\":null}"))
            assertThat(problemOf(scene.login(junk)).kind()).as(junk).isEqualTo(Kind.UNAUTHENTICATED);
        Answers.of(scene.login(ada.authenticator().get(scene.loginOptions())));
    }

    private static List<String> pointers(Future<?> failing) {
        return problemOf(failing).faults().stream().map(Problem.Fault::pointer).toList();
    }

    private static String handle(Owner owner) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(PasskeyOptions.handle(owner.caller().userId()));
    }

    private static String changed(String challenge) {
        return (challenge.startsWith("A") ? "B" : "A") + challenge.substring(1);
    }
}
