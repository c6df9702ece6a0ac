package io.parley.users.oidc;

import static io.parley.users.oidc.OidcScene.CLIENT;
import static io.parley.users.oidc.OidcScene.kind;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.EmailVerification;
import io.parley.contracts.users.MailedLinks;
import io.parley.contracts.users.Oidc.Outcome;
import io.parley.contracts.users.RegistrationMode;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.kernel.crypto.RandomTokens;
import io.parley.kernel.crypto.Sha256;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.users.AccountSettings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who gets an account by signing in elsewhere, in the other modes of registration and verification; and keys that change. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class OidcRegistrationTest {
    private final Vertx vertx;
    private final Bus bus;
    private final Database database;
    private OidcScene scene;

    @TempDir
    Path folder;

    OidcRegistrationTest(Vertx vertx, Bus bus, Database database) {
        this.vertx = vertx;
        this.bus = bus;
        this.database = database;
    }

    private OidcScene deploy(RegistrationMode mode, EmailVerification verification) {
        scene = OidcScene.deploy(vertx, bus, database, folder, new AccountSettings(mode, verification, null));
        return scene;
    }

    @AfterEach
    void stop() {
        vertx.deploymentIDs().forEach(id -> Answers.of(vertx.undeploy(id)));
        scene.close();
    }

    @Test
    void registersNobodyWithoutAnInvitation() {
        deploy(RegistrationMode.INVITE, EmailVerification.OFF);
        scene.acme().person("uninvited", "uninvited@example.org");
        assertThat(scene.arrive("acme", false).outcome()).isEqualTo(Outcome.REGISTRATION_CLOSED);
        assertThat(scene.arrive("acme", true).outcome()).isEqualTo(Outcome.LINK);
    }

    @Test
    void signsInAfterTheAddressIsVerified() {
        deploy(RegistrationMode.OPEN, EmailVerification.REQUIRED);
        scene.acme().person("unverified", "unverified@example.org");
        var arrived = scene.arrive("acme", false);
        assertThat(arrived.outcome()).isEqualTo(Outcome.SIGN_IN);
        assertThat(kind(scene.exchange(arrived.code()))).isEqualTo(Kind.FORBIDDEN);

        scene.provider("trusted").person("verified", "verified@example.org");
        assertThat(scene.signIn("trusted").user().emailVerified()).isTrue();
    }

    // Somebody has registered a stranger's address by a provider that checks none; the stranger then chooses a
    // password.
    @Test
    void losesTheIdentityOfAStrangerWithTheFirstPassword() {
        deploy(RegistrationMode.OPEN, EmailVerification.REQUIRED);
        scene.acme().person("hijacker", "victim@example.org");
        scene.arrive("acme", false);

        resetPassword("victim@example.org");

        assertThat(scene.arrive("acme", false).outcome()).isEqualTo(Outcome.LINK);
    }

    private void resetPassword(String email) {
        Secret token = RandomTokens.create("rst_");
        Answers.of(OwnerDatabase.of(database)
                .query("""
                    INSERT INTO account_tokens (user_id, purpose, token_hash, email, expires_at)
                    SELECT id, 'password_reset', #{hash}, email, now() + interval '1 hour' FROM users WHERE email = #{email}
                    """)
                .run(Parameters.of("hash", Buffer.buffer(Sha256.of(token.value())))
                        .and("email", email)));
        var reset = new MailedLinks.PasswordReset(token, new Secret("another horse battery staple"));
        Answers.of(bus.ask(MailedLinks.RESET_PASSWORD, new MailedLinks.ResetPassword(reset, CLIENT)));
    }

    @Test
    void findsNewKeysOnceAMinute() {
        deploy(RegistrationMode.OPEN, EmailVerification.OFF);
        scene.acme().person("rotates", "rotates@example.org");
        for (int node = 0; node < 2; node++)
            assertThat(scene.arrive("acme", false).outcome()).isEqualTo(Outcome.SIGN_IN);
        int before = scene.acme().keyRequests();
        scene.acme().rotate();
        for (int node = 0; node < 2; node++)
            assertThat(scene.arrive("acme", false).outcome()).isEqualTo(Outcome.SIGN_IN);
        scene.acme().rotate();

        for (int times = 0; times < 4; times++)
            assertThat(scene.arrive("acme", false).outcome()).isEqualTo(Outcome.PROVIDER_ERROR);

        assertThat(scene.acme().keyRequests()).isEqualTo(before + 2);
    }
}
