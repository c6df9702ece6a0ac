package io.parley.users.addresses;

import static io.parley.testing.Answers.problemOf;
import static io.parley.users.addresses.AddressesScene.CLIENT;
import static io.parley.users.addresses.AddressesScene.OTHER_PASSWORD;
import static io.parley.users.addresses.AddressesScene.PASSWORD;
import static io.parley.users.addresses.AddressesScene.caller;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class FirstPasswordTest {
    private static AddressesScene scene;

    private final Bus bus;

    FirstPasswordTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void open(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = AddressesScene.open(vertx, bus, database, folder);
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    void isSetAfterARecentSignIn() {
        var ada = scene.verified("first-password@address.example.org");
        assertThat(problemOf(setPassword(ada)).faults())
                .extracting(Problem.Fault::pointer)
                .containsExactly("/current_password");
        Answers.of(OwnerDatabase.of(scene.database())
                .query("UPDATE users SET password_hash = NULL WHERE id = #{id}")
                .run(Parameters.of("id", ada.user().id())));
        assertThat(problemOf(scene.login("first-password@address.example.org", PASSWORD))
                        .kind())
                .isEqualTo(Kind.UNAUTHENTICATED);
        age(ada, "1 hour");
        assertThat(problemOf(setPassword(ada)).kind()).isEqualTo(Kind.SIGN_IN_NOT_RECENT);

        age(ada, "0 s");
        Answers.of(setPassword(ada));

        Answers.of(scene.login("first-password@address.example.org", OTHER_PASSWORD));
    }

    private void age(SignedIn user, String time) {
        Answers.of(OwnerDatabase.of(scene.database())
                .query("UPDATE sessions SET signed_in_at = now() - #{time}::text::interval WHERE user_id = #{id}")
                .run(Parameters.of("id", user.user().id()).and("time", time)));
    }

    private Future<?> setPassword(SignedIn user) {
        return bus.ask(
                Users.CHANGE_PASSWORD,
                new Users.ChangePassword(
                        caller(user), user.sessionId(), new Users.PasswordChange(null, OTHER_PASSWORD), CLIENT));
    }
}
