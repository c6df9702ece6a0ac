package io.parley.users.administration;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.margaret;
import static io.parley.users.UsersScene.caller;
import static io.parley.users.administration.AdministrationScene.DEACTIVATE;
import static io.parley.users.administration.AdministrationScene.DEMOTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Statistics;
import io.parley.contracts.Statistics.Count;
import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.administration.AdministeredUser;
import io.parley.contracts.users.administration.Administration;
import io.parley.contracts.users.administration.Administration.Filter;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Cursor;
import io.parley.kernel.Ids;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.users.CheapPasswords;
import io.parley.users.UsersScene;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class AdministrationRulesTest {
    private static final Filter ALL_USERS = new Filter(null, null, null);

    private final Bus bus;
    private final Database database;
    private final AdministrationScene scene;
    private Caller root;

    AdministrationRulesTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
        this.scene = new AdministrationScene(bus, database);
        this.root = scene.root();
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        UsersScene.deploy(vertx, bus, database, folder, CheapPasswords.settings(2, 50));
    }

    @Test
    void refusesOrdinaryUsers() {
        assertThat(sendEveryRequest(ada)).containsOnly(Kind.FORBIDDEN);
    }

    @Test
    void refusesFormerAdministrators() {
        var deactivated = scene.admin("deactivated");
        Answers.of(scene.update(root, deactivated.userId(), DEACTIVATE));

        assertThat(sendEveryRequest(margaret)).containsOnly(Kind.FORBIDDEN);
        assertThat(sendEveryRequest(deactivated)).containsOnly(Kind.FORBIDDEN);
        assertThat(sendEveryRequest(new Caller(Ids.next(), Role.ADMIN))).containsOnly(Kind.FORBIDDEN);
    }

    private List<Kind> sendEveryRequest(Caller caller) {
        var other = scene.insert("other", Role.USER);
        var kinds = List.of(
                problemOf(list(caller, ALL_USERS)),
                problemOf(list(caller, new Filter("nobody is called this", null, null))),
                problemOf(bus.ask(Administration.FIND, new Administration.Find(caller, other))),
                problemOf(scene.update(caller, other, DEACTIVATE)),
                problemOf(scene.update(caller, Ids.next(), DEACTIVATE)),
                problemOf(scene.delete(caller, other)),
                problemOf(bus.ask(Statistics.of("users"), new Statistics.Query(caller))));
        assertThat(scene.find(other).isActive()).isTrue();
        return kinds.stream().map(Problem::kind).toList();
    }

    private Future<Page<AdministeredUser>> list(Caller caller, Filter filter) {
        return bus.ask(
                Administration.LIST,
                new Administration.ListUsers(caller, filter, new PageRequest(null, 200, Order.ASC)));
    }

    @Test
    void combinesAllFilters() {
        var anna = scene.insert("filter-Anna", Role.USER);
        var boss = scene.admin("filter-boss").userId();
        var gone = scene.insert("filter-gone", Role.USER);
        Answers.of(scene.update(root, gone, DEACTIVATE));

        assertThat(ids(new Filter("FILTER-", null, null))).containsExactly(anna, boss, gone);
        assertThat(ids(new Filter("filter-anna@", null, null))).containsExactly(anna);
        assertThat(ids(new Filter("filter-", Role.ADMIN, null))).containsExactly(boss);
        assertThat(ids(new Filter("filter-", null, false))).containsExactly(gone);
        assertThat(ids(new Filter("filter-", Role.USER, true))).containsExactly(anna);
        assertThat(ids(new Filter("filter-nobody", null, null))).isEmpty();
    }

    private List<UUID> ids(Filter filter) {
        var ids = new ArrayList<UUID>();
        Cursor cursor = null;
        do {
            var slice = new PageRequest(cursor, 1, Order.ASC);
            var page = Answers.of(bus.ask(Administration.LIST, new Administration.ListUsers(root, filter, slice)));
            page.items().forEach(user -> ids.add(user.id()));
            cursor = page.nextCursor();
        } while (cursor != null);
        return ids;
    }

    @Test
    void findsAUserAndReportsAMissingOne() {
        var user = scene.insert("found", Role.USER);

        assertThat(scene.find(user))
                .returns(Role.USER, AdministeredUser::role)
                .returns(false, AdministeredUser::isSuperuser)
                .returns(true, AdministeredUser::isActive);
        assertThat(problemOf(bus.ask(Administration.FIND, new Administration.Find(root, Ids.next())))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(problemOf(scene.update(root, Ids.next(), DEMOTE)).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(problemOf(scene.delete(root, Ids.next())).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void refusesLostUpdates() {
        var user = scene.insert("stale", Role.USER);
        var seen = Versions.of(scene.find(user).updatedAt());
        Answers.of(
                bus.ask(Administration.UPDATE, new Administration.Update(root, user, seen, DEACTIVATE, Origin.LOCAL)));

        assertThat(problemOf(bus.ask(
                                Administration.UPDATE,
                                new Administration.Update(root, user, seen, DEMOTE, Origin.LOCAL)))
                        .kind())
                .isEqualTo(Kind.STALE);
        assertThat(problemOf(bus.ask(Administration.DELETE, new Administration.Delete(root, user, seen, Origin.LOCAL)))
                        .kind())
                .isEqualTo(Kind.STALE);
    }

    @Test
    void countsTheAccounts() {
        var before = figures();
        scene.admin("counted-admin");
        var gone = scene.insert("counted-gone", Role.USER);
        Answers.of(scene.update(root, gone, DEACTIVATE));
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE users SET created_at = now() - interval '8 days' WHERE id = #{id}")
                .run(Parameters.of("id", gone)));
        var after = figures();

        assertThat(after.counts()).extracting(Count::state).containsExactly("admin", "user", "deactivated");
        assertThat(count(after, 0) - count(before, 0)).isEqualTo(1);
        assertThat(count(after, 2) - count(before, 2)).isEqualTo(1);
        assertThat(after.lastWeek() - before.lastWeek()).isEqualTo(1);
        assertThat(after.lastMonth() - before.lastMonth()).isEqualTo(2);
        assertThat(after.bytes()).isPositive();
    }

    private Statistics.Figures figures() {
        return Answers.of(bus.ask(Statistics.of("users"), new Statistics.Query(root)));
    }

    private static long count(Statistics.Figures figures, int at) {
        return figures.counts().get(at).count();
    }
}
