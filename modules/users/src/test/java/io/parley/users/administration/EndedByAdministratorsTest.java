package io.parley.users.administration;

import static io.parley.testing.Answers.problemOf;
import static io.parley.users.UsersScene.CLIENT;
import static io.parley.users.UsersScene.PASSWORD;
import static io.parley.users.UsersScene.credentials;
import static io.parley.users.administration.AdministrationScene.DEACTIVATE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.User;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.administration.AdministeredUser;
import io.parley.contracts.users.administration.Administration.AccountPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.users.CheapPasswords;
import io.parley.users.UsersScene;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The sessions that end because of what an administrator does. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class EndedByAdministratorsTest {
    private static final List<UUID> announced = new CopyOnWriteArrayList<>();

    private final Bus bus;
    private final UsersScene people;
    private final AdministrationScene scene;
    private Caller root;

    EndedByAdministratorsTest(Bus bus, Database database) {
        this.bus = bus;
        this.people = new UsersScene(bus);
        this.scene = new AdministrationScene(bus, database);
        this.root = scene.root();
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        UsersScene.deploy(vertx, bus, database, folder, CheapPasswords.settings(2, 50));
        Answers.of(bus.subscribe(Sessions.ENDED, ended -> announced.addAll(ended.ids())));
    }

    @Test
    void endsTheSessionsOfADeactivatedUser() {
        var first = people.register("deactivate@example.org");
        var second = people.login("deactivate@example.org", PASSWORD);

        var changed = Answers.of(scene.update(root, first.user().id(), DEACTIVATE));

        assertThat(changed.user().isActive()).isFalse();
        assertThat(changed.user().updatedAt()).isAfter(first.user().updatedAt());
        assertThat(changed.ended().ids()).containsExactlyInAnyOrder(first.sessionId(), second.sessionId());
        assertThat(announced).contains(first.sessionId(), second.sessionId());
        assertThat(problemOf(bus.ask(Sessions.REFRESH, new Sessions.Refresh(second.refreshToken(), CLIENT)))
                        .kind())
                .isEqualTo(Kind.UNAUTHENTICATED);
    }

    @Test
    void endsTheSessionsOfAUserWhoseRoleChanges() {
        var user = people.register("promote@example.org");

        var promoted = Answers.of(
                scene.update(root, user.user().id(), new AccountPatch(Patch.to(Role.ADMIN), Patch.absent())));
        assertThat(promoted.user())
                .returns(Role.ADMIN, AdministeredUser::role)
                .returns(true, AdministeredUser::isSuperuser);
        assertThat(promoted.ended().ids()).containsExactly(user.sessionId());

        var again = people.login("promote@example.org", PASSWORD);
        assertThat(again.user()).returns(Role.ADMIN, User::role).returns(true, User::isSuperuser);
        var same = Answers.of(
                scene.update(root, user.user().id(), new AccountPatch(Patch.to(Role.ADMIN), Patch.to(true))));
        assertThat(same.ended().ids()).isEmpty();
        assertThat(Answers.of(bus.ask(Sessions.REFRESH, new Sessions.Refresh(again.refreshToken(), CLIENT)))
                        .sessionId())
                .isEqualTo(again.sessionId());
    }

    @Test
    void endsTheSessionOfALoginAtTheSameTime() {
        for (int round = 0; round < 5; round++) {
            var user = people.register("meanwhile" + round + "@example.org").user();
            var login =
                    bus.ask(Users.LOGIN, credentials(user.email(), PASSWORD)).map(Users.LoggedIn::session);
            Answers.of(Future.join(login, scene.update(root, user.id(), DEACTIVATE))
                    .otherwiseEmpty());

            if (login.succeeded()) {
                var late = new Sessions.Refresh(login.result().refreshToken(), CLIENT);
                assertThat(problemOf(bus.ask(Sessions.REFRESH, late)).kind()).isEqualTo(Kind.UNAUTHENTICATED);
            }
        }
    }

    @Test
    void deletesAnAccountWithItsSessions() {
        var user = people.register("remove@example.org");

        var ended = Answers.of(scene.delete(root, user.user().id()));

        assertThat(ended.ids()).containsExactly(user.sessionId());
        assertThat(announced).contains(user.sessionId());
        assertThat(problemOf(scene.delete(root, user.user().id())).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(Answers.of(scene.delete(root, scene.insert("quiet", Role.USER)))
                        .ids())
                .isEmpty();
    }
}
