package io.parley.users.tokens;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.margaret;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.tokens.Grant;
import io.parley.contracts.tokens.Grants;
import io.parley.contracts.tokens.Grants.Issued;
import io.parley.contracts.tokens.Tokens;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.administration.Administration;
import io.parley.contracts.users.administration.Administration.AccountPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.kernel.Versions;
import io.parley.kernel.access.Scope;
import io.parley.kernel.crypto.Sha256;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.keys.KeysetSettings;
import io.parley.testing.Answers;
import io.parley.testing.Arrivals;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Programs that users let in, from the code to the end of the tokens, with two instances of the module. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class GrantRulesTest {
    private static final Client EDITOR = new Client("editor/1", "192.0.2.7");
    private static final String CLIENT_ID = "https://editor.example.org/oauth.json";
    private static final String REDIRECT_URI = "http://127.0.0.1:4711/callback";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final SessionSettings SETTINGS = new SessionSettings(
            new Secret("a key of thirty-two bytes or more, for tests"), Duration.ofSeconds(10), Duration.ZERO);
    private static final Arrivals<UUID> announced = new Arrivals<>();

    private final Bus bus;
    private final Database database;

    GrantRulesTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        var keys = new KeysetSettings(null, folder.resolve("keyset.json"));
        for (int node = 0; node < 2; node++)
            Answers.of(vertx.deployVerticle(UsersVerticle.instances(
                            vertx,
                            bus,
                            database,
                            UsersSettings.open(new PasswordSettings(1, 3, 8), keys, SETTINGS, LimitSettings.NONE))
                    .get()));
        Answers.of(bus.subscribe(Sessions.ENDED, ended -> announced.addAll(ended.ids())));
    }

    @Test
    void opensWhatItsUserHasGranted() {
        var issued = issue(ada);

        var checked = Answers.of(check(issued.accessToken()));
        assertThat(checked.userId()).isEqualTo(ada.userId());
        assertThat(checked.scopes()).containsExactly(Scope.TASKS_READ, Scope.CHAT);
        assertThat(issued.lifetime()).isEqualTo(Duration.ofHours(1));
        var grant = find(ada, checked.id());
        assertThat(grant.clientId()).isEqualTo(CLIENT_ID);
        assertThat(grant.clientName()).isEqualTo("Editor");
        assertThat(grant.lastUsedAt()).isNotNull();
        Answers.of(check(issued.accessToken()));
        assertThat(events(checked.id())).containsExactly("token.created", "token.used");
        assertThat(list(grace)).extracting(Grant::id).doesNotContain(checked.id());
    }

    @Test
    void storesOnlyHashes() {
        var code = authorize(ada);
        var issued = Answers.of(redeem(code, CLIENT_ID, REDIRECT_URI, VERIFIER));
        var stored = String.join("", rows("oauth_grants")) + String.join("", rows("oauth_tokens"));
        for (var secret : List.of(code, issued.accessToken(), issued.refreshToken()))
            assertThat(stored).doesNotContain(secret.value().substring(4)).doesNotContain(secret.value());
        assertThat(issued.toString()).doesNotContain(issued.accessToken().value());
    }

    @Test
    void redeemsACodeForWhoAskedForItOnly() {
        var code = authorize(ada);
        refused(redeem(code, "https://other.example.org/oauth.json", REDIRECT_URI, VERIFIER));
        refused(redeem(code, CLIENT_ID, "http://127.0.0.1:4711/other", VERIFIER));
        refused(redeem(code, CLIENT_ID, REDIRECT_URI, VERIFIER + "x"));
        refused(redeem(new Secret(code.value().substring(0, 67) + "A"), CLIENT_ID, REDIRECT_URI, VERIFIER + "x"));
        refused(redeem(new Secret("oac_"), CLIENT_ID, REDIRECT_URI, VERIFIER));
        Answers.of(redeem(code, CLIENT_ID, null, VERIFIER));
    }

    @Test
    void endsIfItsCodeComesTwice() {
        var code = authorize(ada);
        var issued = Answers.of(redeem(code, CLIENT_ID, REDIRECT_URI, VERIFIER));
        var id = Answers.of(check(issued.accessToken())).id();

        refused(redeem(code, CLIENT_ID, REDIRECT_URI, VERIFIER));

        refused(check(issued.accessToken()));
        refused(refresh(issued.refreshToken(), CLIENT_ID));
        announced.await(id);
    }

    @Test
    void forgetsACodeAfterAMinute() {
        var code = authorize(ada);
        age("oauth_grants", "expires_at = now() - interval '1 second'", "redeemed_at IS NULL");
        refused(redeem(code, CLIENT_ID, REDIRECT_URI, VERIFIER));
    }

    @Test
    void rotatesItsRefreshToken() {
        var first = issue(ada);
        var second = Answers.of(refresh(first.refreshToken(), CLIENT_ID));
        assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
        assertThat(second.scopes()).isEqualTo(first.scopes());
        assertThat(Answers.of(check(second.accessToken())).id())
                .isEqualTo(Answers.of(check(first.accessToken())).id());
        Answers.of(refresh(second.refreshToken(), CLIENT_ID));
    }

    @Test
    void answersParallelRefreshesAlike() {
        var first = issue(ada);
        var all = Stream.generate(() -> refresh(first.refreshToken(), CLIENT_ID))
                .limit(4)
                .toList();
        Answers.of(Future.all(all));
        assertThat(all)
                .extracting(each -> each.result().refreshToken().value())
                .containsOnly(all.get(0).result().refreshToken().value());
        assertThat(all)
                .extracting(each -> each.result().accessToken().value())
                .containsOnly(all.get(0).result().accessToken().value());
        Answers.of(check(all.get(3).result().accessToken()));
    }

    @Test
    void endsIfASpentRefreshTokenComesAgain() {
        var first = issue(ada);
        var second = Answers.of(refresh(first.refreshToken(), CLIENT_ID));
        var third = Answers.of(refresh(second.refreshToken(), CLIENT_ID));

        refused(refresh(first.refreshToken(), CLIENT_ID));

        refused(check(third.accessToken()));
        refused(refresh(third.refreshToken(), CLIENT_ID));
    }

    @Test
    void isNotEndedByAnotherClient() {
        var issued = issue(ada);
        refused(refresh(issued.refreshToken(), "other"));
        Answers.of(bus.ask(Grants.REVOKE_TOKEN, new Grants.RevokeToken(issued.refreshToken(), "other", EDITOR)));
        Answers.of(check(issued.accessToken()));
        Answers.of(refresh(issued.refreshToken(), CLIENT_ID));
    }

    @Test
    void hasAccessTokensForAnHour() {
        var issued = issue(ada);
        age("oauth_tokens", "created_at = now() - interval '3601 seconds'", "true");
        refused(check(issued.accessToken()));
        Answers.of(refresh(issued.refreshToken(), CLIENT_ID));
    }

    @Test
    void endsAfterAYearInAnyCase() {
        var issued = issue(ada);
        age("oauth_grants", "ends_at = now() - interval '1 second'", "true");
        refused(check(issued.accessToken()));
        refused(refresh(issued.refreshToken(), CLIENT_ID));
    }

    @Test
    void isRevokedWithEitherToken() {
        for (boolean withAccess : new boolean[] {true, false}) {
            var issued = issue(ada);
            var id = Answers.of(check(issued.accessToken())).id();
            var token = withAccess ? issued.accessToken() : issued.refreshToken();
            var ended = Answers.of(bus.ask(Grants.REVOKE_TOKEN, new Grants.RevokeToken(token, CLIENT_ID, EDITOR)));
            assertThat(ended.ids()).containsExactly(id);
            announced.await(id);
            refused(check(issued.accessToken()));
            refused(refresh(issued.refreshToken(), CLIENT_ID));
        }
        assertThat(Answers.of(bus.ask(Grants.REVOKE_TOKEN, new Grants.RevokeToken(new Secret("unknown"), null, EDITOR)))
                        .ids())
                .isEmpty();
    }

    @Test
    void isEndedByItsOwnerOnly() {
        var issued = issue(ada);
        var id = Answers.of(check(issued.accessToken())).id();

        assertThat(problemOf(end(grace, id)).kind()).isEqualTo(Kind.FORBIDDEN);
        Answers.of(end(ada, id));

        refused(check(issued.accessToken()));
        assertThat(problemOf(end(ada, id)).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(events(id)).containsExactly("token.created", "token.used", "token.revoked");
    }

    @Test
    void isOneOfFifty() {
        var user = register("fifty@example.org");
        for (int made = 0; made < Grants.MAX_PER_USER; made++) authorize(user);
        assertThat(problemOf(ask(user)).kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void endsWithTheActivationOrTheAccount() {
        var owner = register("grants@example.org");
        var first = issue(owner);
        var firstId = Answers.of(check(first.accessToken())).id();
        Answers.of(bus.ask(
                Administration.UPDATE,
                new Administration.Update(
                        margaret,
                        owner.userId(),
                        Versions.ANY,
                        new AccountPatch(Patch.absent(), Patch.to(false)),
                        Origin.LOCAL)));
        announced.await(firstId);
        refused(check(first.accessToken()));
        assertThat(problemOf(ask(owner)).kind()).isEqualTo(Kind.UNAUTHENTICATED);

        var gone = register("gone@example.org");
        var second = issue(gone);
        var secondId = Answers.of(check(second.accessToken())).id();
        var ended = Answers.of(bus.ask(
                Administration.DELETE, new Administration.Delete(margaret, gone.userId(), Versions.ANY, Origin.LOCAL)));
        assertThat(ended.ids()).contains(secondId);
        refused(check(second.accessToken()));
        refused(refresh(second.refreshToken(), CLIENT_ID));
    }

    private Caller register(String email) {
        var registration = new Users.Registration(email, new Secret("as the loom weaves"), null, null);
        var user = Answers.of(bus.ask(Users.REGISTER, new Users.Register(registration, EDITOR)))
                .user();
        return new Caller(user.id(), Caller.Role.USER);
    }

    private Issued issue(Caller owner) {
        return Answers.of(redeem(authorize(owner), CLIENT_ID, REDIRECT_URI, VERIFIER));
    }

    private Secret authorize(Caller owner) {
        return Answers.of(ask(owner)).code();
    }

    private Future<Grants.Authorized> ask(Caller owner) {
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

    private Future<Issued> redeem(Secret code, String clientId, @Nullable String redirectUri, String verifier) {
        return bus.ask(Grants.REDEEM, new Grants.Redeem(code, clientId, redirectUri, new Secret(verifier), EDITOR));
    }

    private Future<Issued> refresh(Secret token, String clientId) {
        return bus.ask(Grants.REFRESH, new Grants.Refresh(token, clientId, EDITOR));
    }

    private Future<Tokens.Checked> check(Secret token) {
        return bus.ask(Tokens.CHECK, new Tokens.Check(token, EDITOR));
    }

    private Future<Sessions.Ended> end(Caller caller, UUID id) {
        return bus.ask(Grants.END, new Grants.End(caller, id, Origin.of(EDITOR)));
    }

    private Grant find(Caller owner, UUID id) {
        return list(owner).stream()
                .filter(grant -> grant.id().equals(id))
                .findAny()
                .orElseThrow();
    }

    private List<Grant> list(Caller owner) {
        return Answers.of(bus.ask(Grants.LIST, new Grants.ListMine(owner, new PageRequest(null, 200, Order.DESC))))
                .items();
    }

    // Those of ada's rows that meet the condition.
    private void age(String table, String change, String condition) {
        Answers.of(OwnerDatabase.of(database)
                .query("/* test */ UPDATE " + table + " SET " + change + " WHERE user_id = #{user_id} AND " + condition)
                .run(Parameters.of("user_id", ada.userId())));
    }

    private List<String> rows(String table) {
        return Answers.of(OwnerDatabase.of(database)
                .query(
                        "/* test */ SELECT t::text FROM " + table + " t WHERE user_id = #{user_id}",
                        row -> row.getString(0))
                .list(Parameters.of("user_id", ada.userId())));
    }

    private List<String> events(UUID id) {
        return Answers.of(OwnerDatabase.of(database)
                .query("""
                /* test */ SELECT type FROM security_events WHERE detail::json ->> 'grant_id' = #{id} ORDER BY seq
                """, row -> row.getString(0))
                .list(Parameters.of("id", id.toString())));
    }

    private static void refused(Future<?> failed) {
        assertThat(problemOf(failed).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }
}
