package io.parley.users.administration;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.margaret;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.Statistics;
import io.parley.contracts.Statistics.Count;
import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.User;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.Credentials;
import io.parley.contracts.users.Users.Registration;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.contracts.users.administration.AdministeredUser;
import io.parley.contracts.users.administration.Administration;
import io.parley.contracts.users.administration.Administration.AccountPatch;
import io.parley.contracts.users.administration.Administration.Changed;
import io.parley.contracts.users.administration.Administration.Filter;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Cursor;
import io.parley.kernel.Ids;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.keys.KeysetSettings;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.users.CheapPasswords;
import io.parley.users.UsersSettings;
import io.parley.users.UsersVerticle;
import io.parley.users.limits.LimitSettings;
import io.parley.users.sessions.SessionSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class AdministrationRulesTest {
    private static final Secret PASSWORD = new Secret("correct horse battery staple");
    private static final Client CLIENT = new Client("curl/8", "127.0.0.1");
    private static final AccountPatch DEMOTE = new AccountPatch(Patch.to(Role.USER), Patch.absent());
    private static final AccountPatch DEACTIVATE = new AccountPatch(Patch.absent(), Patch.to(false));
    private static final Filter ALL_USERS = new Filter(null, null, null);
    private static final SessionSettings SESSION_SETTINGS = new SessionSettings(
            new Secret("a key of thirty-two bytes or more, for tests"), Duration.ZERO, Duration.ofMinutes(10));
    private static final List<UUID> announced = new CopyOnWriteArrayList<>();

    private final Bus bus;
    private final Database database;
    private Caller root;

    AdministrationRulesTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        var keys = new KeysetSettings(null, folder.resolve("keyset.json"));
        var instances = UsersVerticle.instances(
                vertx,
                bus,
                database,
                UsersSettings.open(CheapPasswords.settings(2, 50), keys, SESSION_SETTINGS, LimitSettings.NONE));
        Answers.of(vertx.deployVerticle(instances.get()));
        Answers.of(bus.subscribe(Sessions.ENDED, ended -> announced.addAll(ended.ids())));
    }

    /** Margaret, an administrator in the fixtures, is an ordinary user here; her token may still say administrator. */
    @BeforeEach
    void beginWithOneAdministrator() {
        Answers.of(OwnerDatabase.of(database)
                .query("UPDATE users SET role = 'user'")
                .run(Parameters.none()));
        root = admin("root");
    }

    @Test
    void refusesOrdinaryUsers() {
        assertThat(sendEveryRequest(ada)).containsOnly(Kind.FORBIDDEN);
    }

    @Test
    void refusesFormerAdministrators() {
        var deactivated = admin("deactivated");
        Answers.of(update(root, deactivated.userId(), DEACTIVATE));

        assertThat(sendEveryRequest(margaret)).containsOnly(Kind.FORBIDDEN);
        assertThat(sendEveryRequest(deactivated)).containsOnly(Kind.FORBIDDEN);
        assertThat(sendEveryRequest(new Caller(Ids.next(), Role.ADMIN))).containsOnly(Kind.FORBIDDEN);
    }

    private List<Kind> sendEveryRequest(Caller caller) {
        var other = insert("other", Role.USER);
        var kinds = List.of(
                problemOf(list(caller, ALL_USERS)),
                problemOf(list(caller, new Filter("nobody is called this", null, null))),
                problemOf(bus.ask(Administration.FIND, new Administration.Find(caller, other))),
                problemOf(update(caller, other, DEACTIVATE)),
                problemOf(update(caller, Ids.next(), DEACTIVATE)),
                problemOf(delete(caller, other)),
                problemOf(bus.ask(Statistics.of("users"), new Statistics.Query(caller))));
        assertThat(find(other).isActive()).isTrue();
        return kinds.stream().map(Problem::kind).toList();
    }

    @Test
    void combinesAllFilters() {
        var anna = insert("filter-Anna", Role.USER);
        var boss = admin("filter-boss").userId();
        var gone = insert("filter-gone", Role.USER);
        Answers.of(update(root, gone, DEACTIVATE));

        assertThat(ids(new Filter("FILTER-", null, null))).containsExactly(anna, boss, gone);
        assertThat(ids(new Filter("filter-anna@", null, null))).containsExactly(anna);
        assertThat(ids(new Filter("filter-", Role.ADMIN, null))).containsExactly(boss);
        assertThat(ids(new Filter("filter-", null, false))).containsExactly(gone);
        assertThat(ids(new Filter("filter-", Role.USER, true))).containsExactly(anna);
        assertThat(ids(new Filter("filter-nobody", null, null))).isEmpty();
    }

    @Test
    void findsAUserAndReportsAMissingOne() {
        var user = insert("found", Role.USER);

        assertThat(find(user))
                .returns(Role.USER, AdministeredUser::role)
                .returns(false, AdministeredUser::isSuperuser)
                .returns(true, AdministeredUser::isActive);
        assertThat(problemOf(bus.ask(Administration.FIND, new Administration.Find(root, Ids.next())))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(problemOf(update(root, Ids.next(), DEMOTE)).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(problemOf(delete(root, Ids.next())).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void endsTheSessionsOfADeactivatedUser() {
        var first = register("deactivate");
        var second = login("deactivate");

        var changed = Answers.of(update(root, first.user().id(), DEACTIVATE));

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
        var user = register("promote");

        var promoted =
                Answers.of(update(root, user.user().id(), new AccountPatch(Patch.to(Role.ADMIN), Patch.absent())));
        assertThat(promoted.user())
                .returns(Role.ADMIN, AdministeredUser::role)
                .returns(true, AdministeredUser::isSuperuser);
        assertThat(promoted.ended().ids()).containsExactly(user.sessionId());

        var again = login("promote");
        assertThat(again.user()).returns(Role.ADMIN, User::role).returns(true, User::isSuperuser);
        var same = Answers.of(update(root, user.user().id(), new AccountPatch(Patch.to(Role.ADMIN), Patch.to(true))));
        assertThat(same.ended().ids()).isEmpty();
        assertThat(Answers.of(bus.ask(Sessions.REFRESH, new Sessions.Refresh(again.refreshToken(), CLIENT)))
                        .sessionId())
                .isEqualTo(again.sessionId());
    }

    @Test
    void endsTheSessionOfALoginAtTheSameTime() {
        for (int round = 0; round < 5; round++) {
            var user = register("meanwhile" + round).user();
            var login = bus.ask(Users.LOGIN, new Users.Login(new Credentials(user.email(), PASSWORD), CLIENT))
                    .map(Users.LoggedIn::session);
            Answers.of(Future.join(login, update(root, user.id(), DEACTIVATE)).otherwiseEmpty());

            if (login.succeeded()) {
                var late = new Sessions.Refresh(login.result().refreshToken(), CLIENT);
                assertThat(problemOf(bus.ask(Sessions.REFRESH, late)).kind()).isEqualTo(Kind.UNAUTHENTICATED);
            }
        }
    }

    @Test
    void refusesLostUpdates() {
        var user = insert("stale", Role.USER);
        var seen = Versions.of(find(user).updatedAt());
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
    void deletesAnAccountWithItsSessions() {
        var user = register("remove");

        var ended = Answers.of(delete(root, user.user().id()));

        assertThat(ended.ids()).containsExactly(user.sessionId());
        assertThat(announced).contains(user.sessionId());
        assertThat(problemOf(delete(root, user.user().id())).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(Answers.of(delete(root, insert("quiet", Role.USER))).ids()).isEmpty();
    }

    @Test
    void keepsTheLastAdministrator() {
        var inactive = admin("inactive");
        Answers.of(update(root, inactive.userId(), DEACTIVATE));

        assertThat(List.of(
                        problemOf(update(root, root.userId(), DEMOTE)),
                        problemOf(update(root, root.userId(), DEACTIVATE)),
                        problemOf(delete(root, root.userId())),
                        problemOf(deleteOwn(root, Versions.ANY)),
                        problemOf(bus.ask(
                                Administration.REVOKE,
                                new Administration.Revoke(find(root.userId()).email())))))
                .extracting(Problem::kind)
                .containsOnly(Kind.CONFLICT);
        assertThat(problemOf(deleteOwn(root, Versions.of())).kind()).isEqualTo(Kind.STALE);
        assertThat(find(root.userId()))
                .returns(Role.ADMIN, AdministeredUser::role)
                .returns(true, AdministeredUser::isActive);
    }

    @Test
    void letsAnAdministratorGoIfThereIsAnother() {
        var other = admin("other-admin");

        assertThat(Answers.of(update(root, root.userId(), DEMOTE)).user().role())
                .isEqualTo(Role.USER);
        assertThat(problemOf(update(other, other.userId(), DEMOTE)).kind()).isEqualTo(Kind.CONFLICT);
        var third = admin("third-admin");
        Answers.of(deleteOwn(other, Versions.ANY));
        assertThat(problemOf(delete(third, third.userId())).kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void keepsOneOfTwoAdministratorsWhoRemoveEachOtherAtOnce() {
        for (int round = 0; round < 40; round++) {
            var other = admin("rival" + round);
            var one = round % 4 < 2
                    ? update(root, other.userId(), round % 4 == 0 ? DEMOTE : DEACTIVATE)
                    : delete(root, other.userId());
            var two = round % 2 == 0 ? update(other, root.userId(), DEMOTE) : deleteOwn(root, Versions.ANY);
            Answers.of(Future.join(one, two).otherwiseEmpty());

            assertThat(activeAdmins()).isEqualTo(1);
            beginWithOneAdministrator();
        }
    }

    @Test
    void keepsOneOfTwoAdministratorsWhoLeaveAtOnce() {
        for (int round = 0; round < 40; round++) {
            var other = admin("leaver" + round);
            var both = List.of(update(root, root.userId(), DEMOTE), update(other, other.userId(), DEACTIVATE));
            Answers.of(Future.join(both).otherwiseEmpty());

            assertThat(both.stream().filter(Future::succeeded)).hasSize(1);
            assertThat(activeAdmins()).isEqualTo(1);
            beginWithOneAdministrator();
        }
    }

    @Test
    void grantsAndRevokesByEmail() {
        var user = register("granted");
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

    @Test
    void countsTheAccounts() {
        var before = figures();
        admin("counted-admin");
        var gone = insert("counted-gone", Role.USER);
        Answers.of(update(root, gone, DEACTIVATE));
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

    private int activeAdmins() {
        return Answers.of(OwnerDatabase.of(database)
                        .query("SELECT id FROM users WHERE role = 'admin' AND is_active")
                        .list(Parameters.none()))
                .size();
    }

    private Caller admin(String name) {
        return caller(insert(name, Role.ADMIN), Role.ADMIN);
    }

    private Future<Sessions.Ended> deleteOwn(Caller caller, Versions versions) {
        return bus.ask(Users.DELETE, new Users.Delete(caller, insertSession(caller), versions, null, CLIENT));
    }

    private UUID insertSession(Caller caller) {
        var id = Ids.next();
        Answers.of(OwnerDatabase.of(database)
                .query("""
                INSERT INTO sessions (id, user_id, token_hash, family_id, expires_at)
                VALUES (#{id}, #{user_id}, sha256(#{id}::uuid::text::bytea), #{id}, now() + interval '1 day')
                """)
                .run(Parameters.of("id", id).and("user_id", caller.userId())));
        return id;
    }

    private UUID insert(String name, Role role) {
        var id = Ids.next();
        Answers.of(OwnerDatabase.of(database)
                .query("""
                INSERT INTO users (id, email, password_hash, role) VALUES (#{id}, #{email}, '-', #{role})
                """)
                .run(Parameters.of("id", id)
                        .and("email", (name + "@" + id + ".org").toLowerCase(Locale.ROOT))
                        .and("role", role)));
        return id;
    }

    private SignedIn register(String name) {
        return Answers.of(bus.ask(
                Users.REGISTER,
                new Users.Register(new Registration(name + "@example.org", PASSWORD, null, null), CLIENT)));
    }

    private SignedIn login(String name) {
        return Answers.of(bus.ask(
                        Users.LOGIN, new Users.Login(new Credentials(name + "@example.org", PASSWORD), CLIENT))
                .map(Users.LoggedIn::session));
    }

    private AdministeredUser find(UUID id) {
        return Answers.of(bus.ask(Administration.FIND, new Administration.Find(root, id)));
    }

    private Future<Page<AdministeredUser>> list(Caller caller, Filter filter) {
        return bus.ask(
                Administration.LIST,
                new Administration.ListUsers(caller, filter, new PageRequest(null, 200, Order.ASC)));
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

    private Future<Changed> update(Caller caller, UUID id, AccountPatch patch) {
        return bus.ask(Administration.UPDATE, new Administration.Update(caller, id, Versions.ANY, patch, Origin.LOCAL));
    }

    private Future<Sessions.Ended> delete(Caller caller, UUID id) {
        return bus.ask(Administration.DELETE, new Administration.Delete(caller, id, Versions.ANY, Origin.LOCAL));
    }

    private static Caller caller(UUID id, Role role) {
        return new Caller(id, role);
    }
}
