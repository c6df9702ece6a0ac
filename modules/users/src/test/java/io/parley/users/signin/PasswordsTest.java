package io.parley.users.signin;

import static io.parley.testing.Answers.problemOf;
import static io.parley.users.UsersScene.CLIENT;
import static io.parley.users.UsersScene.OTHER_PASSWORD;
import static io.parley.users.UsersScene.PASSWORD;
import static io.parley.users.UsersScene.caller;
import static io.parley.users.UsersScene.credentials;
import static io.parley.users.UsersScene.registration;
import static org.assertj.core.api.Assertions.assertThat;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Registration;
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
import io.parley.users.UsersScene;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Passwords, hashed at the cost of a real server. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class PasswordsTest {
    private final Bus bus;
    private final Database database;
    private final UsersScene people;

    PasswordsTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
        this.people = new UsersScene(bus);
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        UsersScene.deploy(vertx, bus, database, folder, new PasswordSettings(1, 3, 8));
    }

    @Test
    void storesNoPasswordAndNoTokenInPlainText() {
        var registered = people.register("clear@example.org");

        var hash = Answers.of(OwnerDatabase.of(database)
                .query("SELECT password_hash FROM users WHERE id = #{id}", row -> row.getString("password_hash"))
                .only(Parameters.of("id", registered.user().id())));
        var tokens = Answers.of(OwnerDatabase.of(database)
                .query(
                        "SELECT encode(token_hash, 'escape') AS token FROM sessions WHERE user_id = #{id}",
                        row -> row.getString("token"))
                .list(Parameters.of("id", registered.user().id())));

        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain(PASSWORD.value());
        assertThat(tokens)
                .hasSize(1)
                .noneMatch(token -> token.contains(registered.refreshToken().value()));
    }

    @Test
    void refusesPasswordsThatAreEasyToGuess() {
        for (var password :
                List.of("Password123", "aaaaaaaa", "weak@example.org", "\uff50assword1", "Grace Hopper 1")) {
            var grace = new Registration("weak@example.org", new Secret(password), "Grace Hopper", null);
            var problem = problemOf(bus.ask(Users.REGISTER, new Users.Register(grace, CLIENT)));

            assertThat(problem.kind()).isEqualTo(Kind.INVALID);
            assertThat(problem.faults()).extracting(Problem.Fault::pointer).containsExactly("/password");
        }
    }

    @Test
    void refusesNewPasswordsThatAreEasyToGuess() {
        var registered = people.register("weaker@analytical.example.org");
        for (var password : List.of("Password123", "abcdefgh", "analytical1815")) {
            var change = new Users.PasswordChange(PASSWORD, new Secret(password));
            var problem = problemOf(bus.ask(
                    Users.CHANGE_PASSWORD,
                    new Users.ChangePassword(caller(registered), registered.sessionId(), change, CLIENT)));

            assertThat(problem.kind()).isEqualTo(Kind.INVALID);
            assertThat(problem.faults()).extracting(Problem.Fault::pointer).containsExactly("/new_password");
        }
    }

    @Test
    void requiresTheCurrentPasswordForANewOne() {
        var registered = people.register("guess@example.org");

        var problem = problemOf(bus.ask(
                Users.CHANGE_PASSWORD,
                new Users.ChangePassword(
                        caller(registered),
                        registered.sessionId(),
                        new Users.PasswordChange(OTHER_PASSWORD, new Secret("whatever it may be")),
                        CLIENT)));

        assertThat(problem.kind()).isEqualTo(Kind.INVALID);
        assertThat(problem.faults()).extracting(Problem.Fault::pointer).containsExactly("/current_password");
    }

    @Test
    void letsOwnersOfOldPasswordsAndAddressesIn() {
        var registered = people.register("older@example.org");
        var hash = Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID)
                .hash("password")
                .getResult();
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE users SET password_hash = #{hash}, email = 'a@x..org' WHERE id = #{id}")
                .run(Parameters.of("id", registered.user().id()).and("hash", hash)));

        assertThat(people.login("a@x..org", new Secret("password")).user().email())
                .isEqualTo("a@x..org");
        assertThat(people.login("a@x..org", new Secret("\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44"))
                        .sessionId())
                .isNotNull();
    }

    @Test
    void acceptsAPasswordHoweverItsCharactersAreEncoded() {
        Answers.of(bus.ask(Users.REGISTER, registration("compose@example.org", new Secret("cafe\u0301 au lait"))));

        assertThat(people.login("compose@example.org", new Secret("caf\u00e9 au lait"))
                        .sessionId())
                .isNotNull();
    }

    @Test
    void rehashesWithTheCurrentParameters() {
        var registered = people.register("outdated@example.org");
        var outdated = Argon2Function.getInstance(8 * 1024, 1, 1, 32, Argon2.ID)
                .hash(PASSWORD.value())
                .getResult();
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE users SET password_hash = #{hash} WHERE id = #{id}")
                .run(Parameters.of("id", registered.user().id()).and("hash", outdated)));

        people.login("outdated@example.org", PASSWORD);

        assertThat(Answers.of(OwnerDatabase.of(database)
                        .query(
                                "SELECT password_hash FROM users WHERE id = #{id}",
                                row -> row.getString("password_hash"))
                        .only(Parameters.of("id", registered.user().id()))))
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(people.login("outdated@example.org", PASSWORD).sessionId()).isNotNull();
    }

    @Test
    void refusesToHashMorePasswordsThanMayWait() {
        var burst = Stream.generate(() -> bus.ask(Users.LOGIN, credentials("nobody@example.org", PASSWORD)))
                .limit(20)
                .toList();

        Answers.of(Future.join(burst).otherwiseEmpty());

        assertThat(burst.stream().map(login -> ((Problem) login.cause()).kind()))
                .contains(Kind.OVERLOADED, Kind.UNAUTHENTICATED)
                .containsOnly(Kind.OVERLOADED, Kind.UNAUTHENTICATED);
    }
}
