package io.parley.users.factors;

import static io.parley.testing.Answers.problemOf;
import static io.parley.users.factors.SecondFactorsScene.CLIENT;
import static io.parley.users.factors.SecondFactorsScene.kind;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.SecondFactors;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.administration.Administration;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.Fixtures;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class RemovedSecondFactorsTest {
    private static final String WRONG = "aaaaa-aaaaa";

    private static SecondFactorsScene scene;

    private final Bus bus;

    RemovedSecondFactorsTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = SecondFactorsScene.deploy(vertx, bus, database, folder);
    }

    @Test
    void canBeRemoved() {
        var ada = scene.protectedAccount("removed@example.org");
        var pending = scene.challenge("removed@example.org");

        Answers.of(bus.ask(SecondFactors.REMOVE, new SecondFactors.Remove(ada.caller(), ada.origin())));

        assertThat(scene.login("removed@example.org").session()).isNotNull();
        assertThat(kind(scene.recover(pending, ada.recoveryCodes().get(0)))).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(scene.security(ada)).isEqualTo(new SecondFactors.AccountSecurity(true, false, 0, 0, 0));
        assertThat(kind(bus.ask(SecondFactors.RENEW_CODES, new SecondFactors.RenewCodes(ada.caller(), ada.origin()))))
                .isEqualTo(Kind.CONFLICT);
        assertThat(kind(scene.confirm(ada.session(), ada.app().nextCode()))).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void canBeRemovedByAnAdministratorWhoEndsTheSessions() {
        var ada = scene.protectedAccount("lost@example.org");
        var reset = new Administration.ResetFactors(ada.caller(), ada.caller().userId(), ada.origin());
        assertThat(kind(bus.ask(Administration.RESET_FACTORS, reset))).isEqualTo(Kind.FORBIDDEN);
        var nobody = new Administration.ResetFactors(Fixtures.margaret, new UUID(4, 4), ada.origin());
        assertThat(kind(bus.ask(Administration.RESET_FACTORS, nobody))).isEqualTo(Kind.NOT_FOUND);

        var ended = Answers.of(bus.ask(
                Administration.RESET_FACTORS,
                new Administration.ResetFactors(Fixtures.margaret, ada.caller().userId(), ada.origin())));

        assertThat(ended.ids()).containsExactly(ada.session().sessionId());
        assertThat(kind(bus.ask(
                        Sessions.REFRESH, new Sessions.Refresh(ada.session().refreshToken(), CLIENT))))
                .isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(scene.login("lost@example.org").session()).isNotNull();
        assertThat(Answers.of(bus.ask(
                                Administration.RESET_FACTORS_BY_EMAIL,
                                new Administration.ResetFactorsByEmail("LOST@example.org")))
                        .ids())
                .hasSize(1);
    }

    @Test
    void areRecordedAsSecurityEvents() {
        var ada = scene.protectedAccount("recorded@example.org");
        var challenge = scene.challenge("recorded@example.org");
        problemOf(scene.complete(challenge, ada.app().code(1_000)));
        problemOf(scene.recover(challenge, new Secret(WRONG)));
        Answers.of(scene.recover(challenge, ada.recoveryCodes().get(0)));
        Answers.of(scene.complete(
                scene.challenge("recorded@example.org"), ada.app().nextCode()));
        Answers.of(bus.ask(SecondFactors.RENEW_CODES, new SecondFactors.RenewCodes(ada.caller(), ada.origin())));
        Answers.of(bus.ask(SecondFactors.REMOVE, new SecondFactors.Remove(ada.caller(), ada.origin())));

        assertThat(scene.recorded(ada))
                .containsExactly(
                        "account.registered",
                        "sign_in.succeeded {\"method\":\"registration\"}",
                        "mfa.enabled {\"method\":\"totp\"}",
                        "mfa.codes_created",
                        "sign_in.failed {\"method\":\"totp\",\"reason\":\"wrong_code\"}",
                        "sign_in.failed {\"method\":\"recovery_code\",\"reason\":\"wrong_code\"}",
                        "mfa.code_used {\"codes_left\":9}",
                        "sign_in.succeeded {\"method\":\"recovery_code\"}",
                        "sign_in.succeeded {\"method\":\"totp\"}",
                        "mfa.codes_created",
                        "mfa.disabled {\"method\":\"totp\"}");
    }
}
