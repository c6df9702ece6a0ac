package io.parley.users.factors;

import static io.parley.testing.Answers.problemOf;
import static io.parley.users.factors.SecondFactorsScene.CLIENT;
import static io.parley.users.factors.SecondFactorsScene.caller;
import static io.parley.users.factors.SecondFactorsScene.kind;
import static io.parley.users.factors.SecondFactorsScene.origin;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.SecondFactors;
import io.parley.contracts.users.SecondFactors.Method;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.testing.signin.AuthenticatorApp;
import io.parley.users.factors.SecondFactorsScene.Account;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class SecondFactorsTest {
    private static SecondFactorsScene scene;

    private final Bus bus;

    SecondFactorsTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = SecondFactorsScene.deploy(vertx, bus, database, folder);
    }

    @Test
    void areAskedForOnceTheSecretIsConfirmed() {
        var ada = scene.register("confirmed@example.org");
        var secret = scene.setUp(ada);
        assertThat(secret.secret().value()).matches("[A-Z2-7]{32}");
        assertThat(secret.uri().value())
                .startsWith("otpauth://totp/Parley:confirmed%40example.org?secret="
                        + secret.secret().value());
        assertThat(scene.login("confirmed@example.org").challenge()).isNull();

        var app = new AuthenticatorApp(secret.secret().value());
        var wrong = problemOf(scene.confirm(ada, app.code(1_000)));
        assertThat(wrong.faults()).extracting(Problem.Fault::pointer).containsExactly("/code");
        assertThat(scene.login("confirmed@example.org").challenge()).isNull();
        var codes = Answers.of(scene.confirm(ada, app.code())).codes();

        assertThat(codes)
                .hasSize(10)
                .doesNotHaveDuplicates()
                .allSatisfy(code -> assertThat(code.value()).matches("[a-z2-9]{5}-[a-z2-9]{5}"));
        assertThat(scene.login("confirmed@example.org").session()).isNull();
        assertThat(scene.challenge("confirmed@example.org").methods())
                .containsExactly(Method.TOTP, Method.RECOVERY_CODE);
        var session = Answers.of(scene.complete(scene.challenge("confirmed@example.org"), app.nextCode()));
        assertThat(session.user().id()).isEqualTo(ada.user().id());
        assertThat(problemOf(bus.ask(SecondFactors.SET_UP, new SecondFactors.SetUp(caller(ada), origin(ada))))
                        .kind())
                .isEqualTo(Kind.CONFLICT);
    }

    @Test
    void acceptEachCodeOnceOnAllNodes() {
        var ada = scene.protectedAccount("once@example.org");

        assertThat(kind(scene.complete(scene.challenge("once@example.org"), ada.confirmedWith())))
                .as("the code that confirmed")
                .isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(succeeded(6, "once@example.org", ada.app().nextCode(), null)).isEqualTo(1);
        assertThat(succeeded(6, "once@example.org", null, ada.recoveryCodes().get(0)))
                .isEqualTo(1);
    }

    @Test
    void proveWhoUsesASession() {
        var ada = scene.protectedAccount("proves@example.org");
        scene.run("/* test */ UPDATE sessions SET signed_in_at = now() - interval '1 hour' WHERE user_id = #{id}", ada);
        var renew = new SecondFactors.RenewCodes(ada.caller(), ada.origin());
        assertThat(kind(bus.ask(SecondFactors.RENEW_CODES, renew))).isEqualTo(Kind.SIGN_IN_NOT_RECENT);
        assertThat(kind(bus.ask(SecondFactors.REMOVE, new SecondFactors.Remove(ada.caller(), ada.origin()))))
                .isEqualTo(Kind.SIGN_IN_NOT_RECENT);

        assertThat(kind(scene.prove(ada, ada.app().code()))).isEqualTo(Kind.INVALID);
        Answers.of(scene.prove(ada, ada.app().nextCode()));

        var renewed = Answers.of(bus.ask(SecondFactors.RENEW_CODES, renew)).codes();
        assertThat(renewed).hasSize(10).doesNotContainAnyElementsOf(ada.recoveryCodes());
        var challenge = scene.challenge("proves@example.org");
        assertThat(kind(scene.recover(challenge, ada.recoveryCodes().get(0)))).isEqualTo(Kind.UNAUTHENTICATED);
        Answers.of(scene.recover(challenge, new Secret(renewed.get(0).value().toUpperCase(Locale.ROOT))));
        assertThat(scene.security(ada)).isEqualTo(new SecondFactors.AccountSecurity(true, true, 9, 0, 0));
    }

    @Test
    void haveSecretsThatAreEncryptedAnewWhenKeysRotate() {
        var ada = scene.protectedAccount("rotated@example.org");
        var before = ciphertext(ada);
        assertThat(before).doesNotContain(ada.app().secret());

        Answers.of(bus.ask(ApiKeys.ROTATE, new ApiKeys.Rotate()));
        ApiKeys.Place after = null;
        do {
            after = Answers.of(bus.ask(ApiKeys.REENCRYPT, new ApiKeys.Reencrypt(after, 1)))
                    .last();
        } while (after != null);

        assertThat(ciphertext(ada).substring(0, 10)).isNotEqualTo(before.substring(0, 10));
        Answers.of(
                scene.complete(scene.challenge("rotated@example.org"), ada.app().nextCode()));
    }

    // Each attempt has a challenge of its own, and all come at once.
    private long succeeded(int attempts, String email, String code, Secret recoveryCode) {
        var challenges =
                Stream.generate(() -> scene.challenge(email)).limit(attempts).toList();
        var asked = challenges.stream()
                .map(challenge -> bus.ask(
                        SecondFactors.LOGIN,
                        new SecondFactors.Login(
                                challenge.token(), code == null ? null : new Secret(code), recoveryCode, CLIENT)))
                .toList();
        Answers.of(Future.join(asked).otherwiseEmpty());
        return asked.stream().filter(Future::succeeded).count();
    }

    private String ciphertext(Account account) {
        return Answers.of(OwnerDatabase.of(scene.database())
                .query(
                        "/* test */ SELECT encode(encrypted_secret, 'hex') FROM second_factors WHERE user_id = #{id}",
                        row -> row.getString(0))
                .only(Parameters.of("id", account.caller().userId())));
    }
}
