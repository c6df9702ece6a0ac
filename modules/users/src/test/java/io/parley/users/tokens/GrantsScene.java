package io.parley.users.tokens;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.tokens.Grant;
import io.parley.contracts.tokens.Grants;
import io.parley.contracts.tokens.Grants.Issued;
import io.parley.contracts.tokens.Tokens;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.kernel.access.Scope;
import io.parley.kernel.crypto.Sha256;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.keys.KeysetSettings;
import io.parley.testing.Answers;
import io.parley.testing.Arrivals;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.users.UsersSettings;
import io.parley.users.UsersVerticle;
import io.parley.users.limits.LimitSettings;
import io.parley.users.sessions.SessionSettings;
import io.parley.users.signin.PasswordSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Two instances of the users module, which answer in turn, and a program that users let in. */
record GrantsScene(Bus bus, Database database, Arrivals<UUID> announced) {
    static final Client EDITOR = new Client("editor/1", "192.0.2.7");
    static final String CLIENT_ID = "https://editor.example.org/oauth.json";
    static final String REDIRECT_URI = "http://127.0.0.1:4711/callback";
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final SessionSettings SETTINGS = new SessionSettings(
            new Secret("a key of thirty-two bytes or more, for tests"), Duration.ofSeconds(10), Duration.ZERO);

    static GrantsScene deploy(Vertx vertx, Bus bus, Database database, Path folder) {
        var keys = new KeysetSettings(null, folder.resolve("keyset.json"));
        for (int node = 0; node < 2; node++)
            Answers.of(vertx.deployVerticle(UsersVerticle.instances(
                            vertx,
                            bus,
                            database,
                            UsersSettings.open(new PasswordSettings(1, 3, 8), keys, SETTINGS, LimitSettings.NONE))
                    .get()));
        var announced = new Arrivals<UUID>();
        Answers.of(bus.subscribe(Sessions.ENDED, ended -> announced.addAll(ended.ids())));
        return new GrantsScene(bus, database, announced);
    }

    Caller register(String email) {
        var registration = new Users.Registration(email, new Secret("as the loom weaves"), null, null);
        var user = Answers.of(bus.ask(Users.REGISTER, new Users.Register(registration, EDITOR)))
                .user();
        return new Caller(user.id(), Caller.Role.USER);
    }

    Issued issue(Caller owner) {
        return Answers.of(redeem(authorize(owner), CLIENT_ID, REDIRECT_URI, VERIFIER));
    }

    Secret authorize(Caller owner) {
        return Answers.of(ask(owner)).code();
    }

    Future<Grants.Authorized> ask(Caller owner) {
        var challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(VERIFIER));
        return bus.ask(
                Grants.AUTHORIZE,
                new Grants.Authorize(
                        owner,
                        CLIENT_ID,
                        "Editor",
                        REDIRECT_URI,
                        List.of(Scope.TASKS_READ, Scope.CHAT),
                        challenge,
                        Origin.of(EDITOR)));
    }

    Future<Issued> redeem(Secret code, String clientId, @Nullable String redirectUri, String verifier) {
        return bus.ask(Grants.REDEEM, new Grants.Redeem(code, clientId, redirectUri, new Secret(verifier), EDITOR));
    }

    Future<Issued> refresh(Secret token, String clientId) {
        return bus.ask(Grants.REFRESH, new Grants.Refresh(token, clientId, EDITOR));
    }

    Future<Tokens.Checked> check(Secret token) {
        return bus.ask(Tokens.CHECK, new Tokens.Check(token, EDITOR));
    }

    Future<Sessions.Ended> end(Caller caller, UUID id) {
        return bus.ask(Grants.END, new Grants.End(caller, id, Origin.of(EDITOR)));
    }

    Grant find(Caller owner, UUID id) {
        return list(owner).stream()
                .filter(grant -> grant.id().equals(id))
                .findAny()
                .orElseThrow();
    }

    List<Grant> list(Caller owner) {
        return Answers.of(bus.ask(Grants.LIST, new Grants.ListMine(owner, new PageRequest(null, 200, Order.DESC))))
                .items();
    }

    // Those of ada's rows that meet the condition.
    void age(String table, String change, String condition) {
        Answers.of(OwnerDatabase.of(database)
                .query("/* test */ UPDATE " + table + " SET " + change + " WHERE user_id = #{user_id} AND " + condition)
                .run(Parameters.of("user_id", ada.userId())));
    }

    List<String> rows(String table) {
        return Answers.of(OwnerDatabase.of(database)
                .query(
                        "/* test */ SELECT t::text FROM " + table + " t WHERE user_id = #{user_id}",
                        row -> row.getString(0))
                .list(Parameters.of("user_id", ada.userId())));
    }

    List<String> events(UUID id) {
        return Answers.of(OwnerDatabase.of(database)
                .query("""
                /* test */ SELECT type FROM security_events WHERE detail::json ->> 'grant_id' = #{id} ORDER BY seq
                """, row -> row.getString(0))
                .list(Parameters.of("id", id.toString())));
    }

    static void assertRefused(Future<?> failed) {
        assertThat(problemOf(failed).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }
}
