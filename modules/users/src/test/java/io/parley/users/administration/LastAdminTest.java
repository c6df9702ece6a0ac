package io.parley.users.administration;

import static io.parley.testing.Answers.problemOf;
import static io.parley.users.administration.AdministrationScene.DEACTIVATE;
import static io.parley.users.administration.AdministrationScene.DEMOTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.administration.AdministeredUser;
import io.parley.contracts.users.administration.Administration;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Nobody can demote, deactivate or delete the last active administrator, not even with two requests at the same time. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class LastAdminTest {
    private final Bus bus;
    private final AdministrationScene scene;
    private Caller root;

    LastAdminTest(Bus bus, Database database) {
        this.bus = bus;
        this.scene = new AdministrationScene(bus, database);
        this.root = scene.root();
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        UsersScene.deploy(vertx, bus, database, folder, CheapPasswords.settings(2, 50));
    }

    @Test
    void keepsTheLastAdministrator() {
        var inactive = scene.admin("inactive");
        Answers.of(scene.update(root, inactive.userId(), DEACTIVATE));

        assertThat(List.of(
                        problemOf(scene.update(root, root.userId(), DEMOTE)),
                        problemOf(scene.update(root, root.userId(), DEACTIVATE)),
                        problemOf(scene.delete(root, root.userId())),
                        problemOf(scene.deleteOwn(root, Versions.ANY)),
                        problemOf(bus.ask(
                                Administration.REVOKE,
                                new Administration.Revoke(
                                        scene.find(root.userId()).email())))))
                .extracting(Problem::kind)
                .containsOnly(Kind.CONFLICT);
        assertThat(problemOf(scene.deleteOwn(root, Versions.of())).kind()).isEqualTo(Kind.STALE);
        assertThat(scene.find(root.userId()))
                .returns(Role.ADMIN, AdministeredUser::role)
                .returns(true, AdministeredUser::isActive);
    }

    @Test
    void letsAnAdministratorGoIfThereIsAnother() {
        var other = scene.admin("other-admin");

        assertThat(Answers.of(scene.update(root, root.userId(), DEMOTE)).user().role())
                .isEqualTo(Role.USER);
        assertThat(problemOf(scene.update(other, other.userId(), DEMOTE)).kind())
                .isEqualTo(Kind.CONFLICT);
        var third = scene.admin("third-admin");
        Answers.of(scene.deleteOwn(other, Versions.ANY));
        assertThat(problemOf(scene.delete(third, third.userId())).kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void keepsOneOfTwoAdministratorsWhoRemoveEachOtherAtOnce() {
        for (int round = 0; round < 40; round++) {
            var other = scene.admin("rival" + round);
            var one = round % 4 < 2
                    ? scene.update(root, other.userId(), round % 4 == 0 ? DEMOTE : DEACTIVATE)
                    : scene.delete(root, other.userId());
            var two = round % 2 == 0 ? scene.update(other, root.userId(), DEMOTE) : scene.deleteOwn(root, Versions.ANY);
            Answers.of(Future.join(one, two).otherwiseEmpty());

            assertThat(scene.activeAdmins()).isEqualTo(1);
            root = scene.begin();
        }
    }

    @Test
    void keepsOneOfTwoAdministratorsWhoLeaveAtOnce() {
        for (int round = 0; round < 40; round++) {
            var other = scene.admin("leaver" + round);
            var both =
                    List.of(scene.update(root, root.userId(), DEMOTE), scene.update(other, other.userId(), DEACTIVATE));
            Answers.of(Future.join(both).otherwiseEmpty());

            assertThat(both.stream().filter(Future::succeeded)).hasSize(1);
            assertThat(scene.activeAdmins()).isEqualTo(1);
            root = scene.begin();
        }
    }
}
