package io.parley.users.administration;

import static io.parley.testing.Answers.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.administration.AdministeredUser;
import io.parley.contracts.users.administration.Administration;
import io.parley.contracts.users.administration.Administration.Changed;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.users.CheapPasswords;
import io.parley.users.UsersScene;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class AdministrationByEmailTest {
    private final Bus bus;
    private final UsersScene people;
    private final Caller root;

    AdministrationByEmailTest(Bus bus, Database database) {
        this.bus = bus;
        this.people = new UsersScene(bus);
        this.root = new AdministrationScene(bus, database).root();
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        UsersScene.deploy(vertx, bus, database, folder, CheapPasswords.settings(2, 50));
    }

    @Test
    void grantsAndRevokesByEmail() {
        var user = people.register("granted@example.org");
        var email = user.user().email();

        var granted = Answers.of(bus.ask(Administration.GRANT, new Administration.Grant("GRANTED@example.org")));
        assertThat(granted.user().role()).isEqualTo(Role.ADMIN);
        assertThat(granted.ended().ids()).containsExactly(user.sessionId());
        assertThat(Answers.of(bus.ask(Administration.GRANT, new Administration.Grant(email))))
                .isEqualTo(new Changed(granted.user(), new Sessions.Ended(List.of())));
        assertThat(Answers.of(bus.ask(Administration.LIST_ADMINS, new Administration.ListAdmins()))
                        .items())
                .extracting(AdministeredUser::id)
                .containsExactly(root.userId(), user.user().id());

        var revoked = Answers.of(bus.ask(Administration.REVOKE, new Administration.Revoke(email)));
        assertThat(revoked.user())
                .returns(Role.USER, AdministeredUser::role)
                .returns(false, AdministeredUser::isSuperuser);
        assertThat(problemOf(bus.ask(Administration.GRANT, new Administration.Grant("nobody@example.org")))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(problemOf(bus.ask(Administration.REVOKE, new Administration.Revoke("nobody@example.org")))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void grantsNothingToADeactivatedUser() {
        assertThat(problemOf(bus.ask(Administration.GRANT, new Administration.Grant("alan@example.org")))
                        .kind())
                .isEqualTo(Kind.CONFLICT);
    }
}
