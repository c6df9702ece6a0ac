package io.parley.users;

import static io.parley.testing.Answers.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.ApiKeys.ApiKeyDraft;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.contracts.users.administration.Administration;
import io.parley.contracts.users.administration.Administration.AccountPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Patch;
import io.parley.kernel.Secret;
import io.parley.kernel.Versions;
import io.parley.kernel.limits.Rates;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.keys.KeysetSettings;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.Fixtures;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.parley.users.limits.LimitSettings;
import io.parley.users.sessions.SessionSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The security events that the users module records. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class SecurityEventsTest {
    private static final Secret PASSWORD = new Secret("correct horse battery staple");
    private static final Secret WRONG = new Secret("Tr0ub4dor&3 and more");
    private static final Client HOME = new Client("curl/8", "203.0.113.1");
    private static final Client MALLORY = new Client("curl/8", "203.0.113.66");
    private static final Origin BROWSER = new Origin(new UUID(7, 7), HOME);
    private static final SessionSettings SETTINGS = new SessionSettings(
            new Secret("a key of thirty-two bytes or more, for tests"), Duration.ZERO, Duration.ofMinutes(10));
    private static final LimitSettings LIMITS =
            new LimitSettings(Rates.NONE, Rates.parse("2/15m"), Rates.parse("100/10m"));

    private final Bus bus;
    private final Database database;
    private long before;

    SecurityEventsTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        var keys = new KeysetSettings(null, folder.resolve("keyset.json"));
        var instances = UsersVerticle.instances(
                vertx, bus, database, UsersSettings.open(CheapPasswords.settings(2, 30), keys, SETTINGS, LIMITS));
        Answers.of(vertx.deployVerticle(instances.get()));
        // The first login loads the hash library, which takes seconds on a busy machine: longer than the bus waits.
        var nobody = new Users.Credentials("nobody@example.org", PASSWORD);
        Answers.of(bus.ask(Users.LOGIN, new Users.Login(nobody, HOME)).otherwiseEmpty());
    }

    @BeforeEach
    void remember() {
        var last = OwnerDatabase.of(database)
                .query("/* test */ SELECT coalesce(max(seq), 0) FROM security_events", row -> row.getLong(0));
        before = Answers.of(last.only(Parameters.none()));
    }

    @Test
    void recordSignInsAndWhyTheyFail() {
        var ada = register("signs-in@example.org");
        problemOf(login("signs-in@example.org", WRONG, HOME));
        problemOf(login("no-signs-in@example.org", WRONG, HOME));
        Answers.of(login("signs-in@example.org", PASSWORD, HOME));

        assertThat(recorded())
                .containsExactly(
                        "account.registered own",
                        "sign_in.succeeded own {\"method\":\"registration\"}",
                        "sign_in.failed " + ada.user().id()
                                + " by nobody {\"method\":\"password\",\"reason\":\"wrong_password\"}",
                        "sign_in.failed null by nobody {\"method\":\"password\",\"reason\":\"unknown_account\"}",
                        "sign_in.succeeded own {\"method\":\"password\"}");
    }

    @Test
    void recordALimitOnceAMinute() {
        var ada = register("limited@example.org");
        for (int attempt = 0; attempt < 6; attempt++) problemOf(login("limited@example.org", WRONG, MALLORY));

        assertThat(recorded().stream().filter(event -> event.startsWith("sign_in.limited")))
                .containsExactly("sign_in.limited " + ada.user().id()
                        + " by nobody {\"method\":\"password\",\"reason\":\"too_many_for_account\"}");
    }

    @Test
    void recordTheEndOfSessions() {
        var first = register("ends@example.org");
        Answers.of(bus.ask(Sessions.REFRESH, new Sessions.Refresh(first.refreshToken(), HOME)));
        problemOf(bus.ask(Sessions.REFRESH, new Sessions.Refresh(first.refreshToken(), MALLORY)));
        problemOf(bus.ask(Sessions.REFRESH, new Sessions.Refresh(first.refreshToken(), MALLORY)));
        var second = Answers.of(login("ends@example.org", PASSWORD, HOME));
        Answers.of(bus.ask(Sessions.LOGOUT, new Sessions.Logout(second.refreshToken(), HOME)));

        assertThat(recorded().stream().filter(event -> event.startsWith("session.")))
                .containsExactly("session.reused " + first.user().id() + " by nobody", "session.ended own");
    }

    @Test
    void recordChangesOfTheAccount() {
        var ada = register("changes@example.org");
        var caller = new Caller(ada.user().id(), Caller.Role.USER);
        var patch = new Users.UserPatch(
                Patch.absent(), Patch.absent(), Patch.to("changed@example.org"), Patch.absent(), null);
        var same = new Users.Update(caller, ada.sessionId(), Versions.ANY, patch, HOME);
        Answers.of(bus.ask(Users.UPDATE, same));
        Answers.of(bus.ask(Users.UPDATE, same));
        Answers.of(login("changed@example.org", PASSWORD, HOME));
        Answers.of(bus.ask(
                Users.CHANGE_PASSWORD,
                new Users.ChangePassword(
                        caller,
                        ada.sessionId(),
                        new Users.PasswordChange(PASSWORD, new Secret("another horse battery staple")),
                        HOME)));
        Answers.of(bus.ask(Users.DELETE, new Users.Delete(caller, ada.sessionId(), Versions.ANY, null, HOME)));

        assertThat(recorded())
                .containsExactly(
                        "account.registered own",
                        "sign_in.succeeded own {\"method\":\"registration\"}",
                        "account.email_changed own",
                        "sign_in.succeeded own {\"method\":\"password\"}",
                        "password.changed own {\"sessions_ended\":1}",
                        "account.deleted own");
    }

    @Test
    void recordWhatAdministratorsDo() {
        var id = register("administered@example.org").user().id();
        var margaret = Fixtures.margaret;
        var patches = List.of(
                new AccountPatch(Patch.to(Caller.Role.ADMIN), Patch.to(false)),
                new AccountPatch(Patch.absent(), Patch.to(false)),
                new AccountPatch(Patch.to(Caller.Role.USER), Patch.to(true)));
        for (var patch : patches)
            Answers.of(bus.ask(
                    Administration.UPDATE, new Administration.Update(margaret, id, Versions.ANY, patch, BROWSER)));
        Answers.of(bus.ask(Administration.GRANT, new Administration.Grant("administered@example.org")));
        Answers.of(bus.ask(Administration.DELETE, new Administration.Delete(margaret, id, Versions.ANY, BROWSER)));

        var byMargaret = id + " by " + margaret.userId();
        assertThat(recorded().subList(2, recorded().size()))
                .containsExactly(
                        "account.role_changed " + byMargaret + " {\"role\":\"admin\"}",
                        "account.deactivated " + byMargaret,
                        "account.role_changed " + byMargaret + " {\"role\":\"user\"}",
                        "account.activated " + byMargaret,
                        "account.role_changed " + id + " by nobody {\"role\":\"admin\"}",
                        "account.deleted " + byMargaret);
    }

    @Test
    void recordProviderKeysAndTheirFirstUseOfADay() {
        var ada = Fixtures.ada;
        var key = Answers.of(bus.ask(
                ApiKeys.CREATE,
                new ApiKeys.Create(ada, new ApiKeyDraft("recorded", new Secret("sk-recorded-1"), null), BROWSER)));
        for (int use = 0; use < 3; use++) Answers.of(bus.ask(ApiKeys.REVEAL, new ApiKeys.Reveal(ada, "recorded")));
        Answers.of(bus.ask(ApiKeys.DELETE, new ApiKeys.Delete(ada, key.id(), Versions.ANY, BROWSER)));
        Answers.of(bus.ask(ApiKeys.ROTATE, new ApiKeys.Rotate()));

        var ofKey = " own {\"api_key_id\":\"" + key.id() + "\"}";
        assertThat(recorded())
                .containsExactly(
                        "api_key.created" + ofKey,
                        "api_key.used" + ofKey,
                        "api_key.deleted" + ofKey,
                        "keys.rotated null by nobody {\"keys\":2}");
    }

    private SignedIn register(String email) {
        return Answers.of(
                bus.ask(Users.REGISTER, new Users.Register(new Users.Registration(email, PASSWORD, null, null), HOME)));
    }

    private Future<SignedIn> login(String email, Secret password, Client client) {
        return bus.ask(Users.LOGIN, new Users.Login(new Users.Credentials(email, password), client))
                .map(Users.LoggedIn::session);
    }

    /** Type, whose account, who did it, and the detail; own for what a user does to the own account. */
    private List<String> recorded() {
        var events = OwnerDatabase.of(database).query("""
                /* test */ SELECT concat_ws(' ', type,
                                  CASE WHEN actor_id = user_id THEN 'own'
                                       ELSE concat(coalesce(user_id::text, 'null'), ' by ', coalesce(actor_id::text, 'nobody'))
                                  END, detail)
                  FROM security_events WHERE seq > #{before} ORDER BY seq
                """, row -> row.getString(0));
        return Answers.of(events.list(Parameters.of("before", before)));
    }
}
