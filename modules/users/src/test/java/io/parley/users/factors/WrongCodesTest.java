package io.parley.users.factors;

import static io.parley.testing.Answers.problemOf;
import static io.parley.users.factors.SecondFactorsScene.CLIENT;
import static io.parley.users.factors.SecondFactorsScene.PASSWORD;
import static io.parley.users.factors.SecondFactorsScene.kind;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.SecondFactors;
import io.parley.contracts.users.Users;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What ends the login of an account with a second factor. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class WrongCodesTest {
    private static final String WRONG = "aaaaa-aaaaa";

    private static SecondFactorsScene scene;

    private final Bus bus;

    WrongCodesTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = SecondFactorsScene.deploy(vertx, bus, database, folder);
    }

    @Test
    void endTheLoginAfterFiveWrongCodes() {
        var ada = scene.protectedAccount("five@example.org");
        var challenge = scene.challenge("five@example.org");

        for (int wrong = 0; wrong < 5; wrong++)
            assertThat(problemOf(scene.complete(challenge, ada.app().code(1_000 + wrong)))
                            .detail())
                    .startsWith("The code is wrong");

        assertThat(problemOf(scene.complete(challenge, ada.app().nextCode())).detail())
                .startsWith("The mfa_token");
        Answers.of(scene.complete(scene.challenge("five@example.org"), ada.app().nextCode()));
    }

    @Test
    void endTheLoginWithItsTimeItsUseAndThePassword() {
        var ada = scene.protectedAccount("ends@example.org");
        var used = scene.challenge("ends@example.org");
        Answers.of(scene.recover(used, ada.recoveryCodes().get(0)));
        assertThat(kind(scene.recover(used, ada.recoveryCodes().get(1)))).isEqualTo(Kind.UNAUTHENTICATED);

        var late = scene.challenge("ends@example.org");
        scene.run("/* test */ UPDATE login_challenges SET expires_at = now() WHERE user_id = #{id}", ada);
        assertThat(kind(scene.recover(late, ada.recoveryCodes().get(1)))).isEqualTo(Kind.UNAUTHENTICATED);

        var outdated = scene.challenge("ends@example.org");
        Answers.of(bus.ask(
                Users.CHANGE_PASSWORD,
                new Users.ChangePassword(
                        ada.caller(),
                        ada.session().sessionId(),
                        new Users.PasswordChange(PASSWORD, new Secret("another horse battery staple")),
                        CLIENT)));
        assertThat(kind(scene.recover(outdated, ada.recoveryCodes().get(1)))).isEqualTo(Kind.UNAUTHENTICATED);
        for (var forged : List.of("", "mfa_", "mfa_AAAA", "x" + used.token().value()))
            assertThat(kind(bus.ask(
                            SecondFactors.LOGIN,
                            new SecondFactors.Login(new Secret(forged), null, new Secret(WRONG), CLIENT))))
                    .isEqualTo(Kind.UNAUTHENTICATED);
    }

    @Test
    void countWrongCodesLikeWrongPasswordsAlsoIfThePasswordWasRight() {
        var ada = scene.protectedAccount("counted@example.org");
        var left = scene.challenge("counted@example.org");

        for (int wrong = 0; wrong < 7; wrong++)
            assertThat(kind(scene.complete(
                            scene.challenge("counted@example.org"), ada.app().code(1_000))))
                    .isEqualTo(Kind.UNAUTHENTICATED);

        assertThat(kind(scene.complete(left, ada.app().nextCode()))).isEqualTo(Kind.LIMITED);
        assertThat(kind(bus.ask(
                        Users.LOGIN, new Users.Login(new Users.Credentials("counted@example.org", PASSWORD), CLIENT))))
                .isEqualTo(Kind.LIMITED);
        assertThat(kind(bus.ask(
                        SecondFactors.PROVE,
                        new SecondFactors.Prove(
                                ada.caller(), ada.origin(), new Secret(ada.app().nextCode())))))
                .isEqualTo(Kind.LIMITED);
    }
}
