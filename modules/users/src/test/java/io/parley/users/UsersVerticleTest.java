package io.parley.users;

import static io.parley.testing.Answers.problemOf;
import static io.parley.users.UsersScene.CLIENT;
import static io.parley.users.UsersScene.OTHER_PASSWORD;
import static io.parley.users.UsersScene.PASSWORD;
import static io.parley.users.UsersScene.caller;
import static io.parley.users.UsersScene.credentials;
import static io.parley.users.UsersScene.registration;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.User;
import io.parley.contracts.users.User.Theme;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Registration;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Accounts, from their registration to their end. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class UsersVerticleTest {
    private final Bus bus;
    private final Database database;
    private final UsersScene people;

    UsersVerticleTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
        this.people = new UsersScene(bus);
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        UsersScene.deploy(vertx, bus, database, folder, CheapPasswords.settings(2, 50));
    }

    @Test
    void registersAndSignsIn() {
        var registered = people.register("Hopper@Example.org");

        assertThat(registered.user())
                .returns("hopper@example.org", User::email)
                .returns(Caller.Role.USER, User::role)
                .returns(false, User::isSuperuser)
                .returns(true, User::isActive)
                .returns(Theme.SYSTEM, User::theme);
        assertThat(people.login("HOPPER@example.ORG", PASSWORD).user()).isEqualTo(registered.user());
    }

    @Test
    void refusesATakenAddress() {
        people.register("taken@example.org");

        var problem = problemOf(bus.ask(Users.REGISTER, registration("Taken@example.org", PASSWORD)));

        assertThat(problem.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(problem.faults()).extracting(Problem.Fault::pointer).containsExactly("/email");
    }

    @Test
    void keepsTheTimeZoneOfARegistration() {
        var registration = new Registration("zone@example.org", PASSWORD, null, "Asia/Tokyo");

        var registered = Answers.of(bus.ask(Users.REGISTER, new Users.Register(registration, CLIENT)));

        assertThat(registered.user().timeZone()).isEqualTo("Asia/Tokyo");
        assertThat(people.register("no-zone@example.org").user().timeZone()).isEqualTo("UTC");
        var reset = new Users.UserPatch(Patch.absent(), Patch.absent(), Patch.absent(), Patch.to(null), null);
        assertThat(Answers.of(bus.ask(
                        Users.UPDATE,
                        new Users.Update(caller(registered), registered.sessionId(), Versions.ANY, reset, CLIENT))))
                .returns("UTC", User::timeZone);
    }

    @Test
    void givesTheSameAnswerForAWrongPasswordAndAnUnknownAddress() {
        people.register("known@example.org");

        var wrong = problemOf(bus.ask(Users.LOGIN, credentials("known@example.org", OTHER_PASSWORD)));
        var unknown = problemOf(bus.ask(Users.LOGIN, credentials("unknown@example.org", PASSWORD)));

        assertThat(wrong.kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(unknown.kind()).isEqualTo(wrong.kind());
        assertThat(unknown.detail()).isEqualTo(wrong.detail());
    }

    @Test
    void refusesDeactivatedAccounts() {
        var registered = people.register("inactive@example.org");
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE users SET is_active = false WHERE id = #{id}")
                .run(Parameters.of("id", registered.user().id())));

        assertThat(problemOf(bus.ask(Users.LOGIN, credentials("inactive@example.org", PASSWORD)))
                        .kind())
                .isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(problemOf(people.refresh(registered.refreshToken())).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }

    @Test
    void changesOnlyTheFieldsOfAPatch() {
        var registered = people.register("patch@example.org");
        var caller = caller(registered);

        var changed = Answers.of(bus.ask(
                Users.UPDATE,
                new Users.Update(
                        caller,
                        registered.sessionId(),
                        Versions.of(registered.user().updatedAt()),
                        new Users.UserPatch(
                                Patch.to("Ada"),
                                Patch.to(Theme.DARK),
                                Patch.to("Patched@example.org"),
                                Patch.to("Europe/Berlin"),
                                null),
                        CLIENT)));

        assertThat(changed)
                .returns("Ada", User::name)
                .returns(Theme.DARK, User::theme)
                .returns("patched@example.org", User::email)
                .returns("Europe/Berlin", User::timeZone);
        assertThat(Answers.of(bus.ask(Users.FIND, new Users.Find(caller)))).isEqualTo(changed);
        var stale = new Users.Update(
                caller,
                registered.sessionId(),
                Versions.of(registered.user().updatedAt()),
                new Users.UserPatch(Patch.to(null), Patch.absent(), Patch.absent(), Patch.absent(), null),
                CLIENT);
        assertThat(problemOf(bus.ask(Users.UPDATE, stale)).kind()).isEqualTo(Kind.STALE);
    }

    @Test
    void deletesAnAccountCompletely() {
        var registered = people.register("gone@example.org");
        var caller = caller(registered);

        assertThat(problemOf(bus.ask(
                                Users.DELETE,
                                new Users.Delete(caller, registered.sessionId(), Versions.of(), null, CLIENT)))
                        .kind())
                .isEqualTo(Kind.STALE);
        var ended = Answers.of(
                bus.ask(Users.DELETE, new Users.Delete(caller, registered.sessionId(), Versions.ANY, null, CLIENT)));

        assertThat(ended.ids()).containsExactly(registered.sessionId());
        assertThat(people.recentlyEnded()).contains(registered.sessionId());
        assertThat(problemOf(bus.ask(Users.FIND, new Users.Find(caller))).kind())
                .isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(problemOf(bus.ask(Users.LOGIN, credentials("gone@example.org", PASSWORD)))
                        .kind())
                .isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(Answers.of(OwnerDatabase.of(database)
                        .query("SELECT id FROM sessions WHERE user_id = #{id}", row -> row.getUUID("id"))
                        .list(Parameters.of("id", caller.userId()))))
                .isEmpty();
        assertThat(people.register("gone@example.org").user().id()).isNotEqualTo(caller.userId());
    }
}
