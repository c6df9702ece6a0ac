package io.parley.users.tokens;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.margaret;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.tokens.PersonalToken;
import io.parley.contracts.tokens.Tokens;
import io.parley.contracts.tokens.Tokens.Created;
import io.parley.contracts.tokens.Tokens.TokenDraft;
import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.administration.Administration;
import io.parley.contracts.users.administration.Administration.AccountPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.kernel.Versions;
import io.parley.kernel.access.Scope;
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
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class TokenRulesTest {
    private static final Client EDITOR = new Client("editor/1", "192.0.2.7");
    private static final Arrivals<UUID> announced = new Arrivals<>();

    private final Bus bus;
    private final Database database;

    TokenRulesTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        Answers.of(vertx.deployVerticle(UsersVerticle.instances(
                        vertx,
                        bus,
                        database,
                        UsersSettings.open(
                                new PasswordSettings(1, 3, 8),
                                new KeysetSettings(null, folder.resolve("keyset.json")),
                                SessionSettings.withoutClients(),
                                LimitSettings.NONE))
                .get()));
        Answers.of(bus.subscribe(Sessions.ENDED, ended -> announced.addAll(ended.ids())));
    }

    @Test
    void saysWhoseItIsAndWhatItOpens() {
        var expiry = Instant.parse("2099-01-01T00:00:00Z");
        var created = create(ada, expiry);

        assertThat(created.secret().value())
                .matches("pat_[A-Za-z0-9_-]{43}")
                .endsWith(created.token().hint());
        assertThat(created.token().lastUsedAt()).isNull();
        var checked = Answers.of(check(created.secret()));
        assertThat(checked.userId()).isEqualTo(ada.userId());
        assertThat(checked.scopes()).containsExactly(Scope.TASKS_WRITE, Scope.CHAT);
        assertThat(checked.expiresAt()).isEqualTo(expiry);
        assertThat(find(ada, created).lastUsedAt()).isNotNull();
        assertThat(list(ada))
                .extracting(PersonalToken::id)
                .contains(created.token().id());
    }

    @Test
    void storesOnlyItsHash() {
        var created = create(ada, null);
        var row = OwnerDatabase.of(database)
                .query("/* test */ SELECT t::text FROM personal_tokens t WHERE id = #{id}", each -> each.getString(0));
        assertThat(Answers.of(row.only(Parameters.of("id", created.token().id()))))
                .doesNotContain(created.secret().value().substring(4, 40));
        assertThat(created.toString()).doesNotContain(created.secret().value());
    }

    @Test
    void belongsToItsOwner() {
        var created = create(ada, null);

        assertThat(kind(bus.ask(
                        Tokens.FIND, new Tokens.Find(grace, created.token().id()))))
                .isEqualTo(Kind.FORBIDDEN);
        assertThat(kind(revoke(grace, created.token().id()))).isEqualTo(Kind.FORBIDDEN);
        assertThat(kind(revoke(ada, Ids.next()))).isEqualTo(Kind.NOT_FOUND);
        assertThat(list(grace))
                .extracting(PersonalToken::id)
                .doesNotContain(created.token().id());
        Answers.of(check(created.secret()));
    }

    @Test
    void endsAtOnceWhenItIsRevoked() {
        var created = create(ada, null);
        var id = created.token().id();

        assertThat(Answers.of(revoke(ada, id)).ids()).containsExactly(id);

        assertThat(kind(check(created.secret()))).isEqualTo(Kind.UNAUTHENTICATED);
        announced.await(id);
        assertThat(recentlyEnded()).contains(id);
        assertThat(kind(revoke(ada, id))).isEqualTo(Kind.NOT_FOUND);
        assertThat(events(id)).containsExactly("token.created", "token.revoked");
    }

    @Test
    void recordsItsFirstUseOfADay() {
        var created = create(ada, null);
        for (int use = 0; use < 3; use++) Answers.of(check(created.secret()));
        assertThat(events(created.token().id())).containsExactly("token.created", "token.used");
    }

    @Test
    void cannotExpireInThePast() {
        var draft = new TokenDraft("late", List.of(Scope.CHAT), Instant.now().minusSeconds(1));
        assertThat(kind(bus.ask(Tokens.CREATE, new Tokens.Create(ada, draft, Origin.LOCAL))))
                .isEqualTo(Kind.INVALID);
    }

    @Test
    void isOneOfFiftyEvenIfSeveralAreMadeAtOnce() {
        for (int made = 0; made < 47; made++) create(grace, null);

        var last = Stream.generate(() -> ask(grace, null)).limit(6).toList();
        Future.join(last)
                .otherwiseEmpty()
                .toCompletionStage()
                .toCompletableFuture()
                .join();

        assertThat(last.stream().filter(Future::succeeded)).hasSize(3);
        assertThat(last.stream().filter(Future::failed)).allMatch(refused -> kind(refused) == Kind.CONFLICT);
        assertThat(list(grace)).hasSize(50);
    }

    @Test
    void endsWithTheActivationOrTheAccount() {
        var user = Answers.of(bus.ask(
                        Users.REGISTER,
                        new Users.Register(
                                new Users.Registration(
                                        "tokens@example.org", new Secret("as the loom weaves"), null, null),
                                EDITOR)))
                .user();
        var owner = new Caller(user.id(), Caller.Role.USER);
        var first = create(owner, null);
        activate(owner, false);
        announced.await(first.token().id());
        activate(owner, true);
        assertThat(kind(check(first.secret()))).isEqualTo(Kind.UNAUTHENTICATED);

        var second = create(owner, null);
        var ended = Answers.of(bus.ask(
                Administration.DELETE, new Administration.Delete(margaret, user.id(), Versions.ANY, Origin.LOCAL)));
        assertThat(ended.ids()).contains(second.token().id());
        assertThat(kind(check(second.secret()))).isEqualTo(Kind.UNAUTHENTICATED);
    }

    private void activate(Caller owner, boolean isActive) {
        Answers.of(bus.ask(
                Administration.UPDATE,
                new Administration.Update(
                        margaret,
                        owner.userId(),
                        Versions.ANY,
                        new AccountPatch(Patch.absent(), Patch.to(isActive)),
                        Origin.LOCAL)));
    }

    private Created create(Caller owner, @Nullable Instant expiresAt) {
        return Answers.of(ask(owner, expiresAt));
    }

    private Future<Created> ask(Caller owner, @Nullable Instant expiresAt) {
        var draft = new TokenDraft("Editor", List.of(Scope.TASKS_WRITE, Scope.CHAT), expiresAt);
        return bus.ask(Tokens.CREATE, new Tokens.Create(owner, draft, Origin.of(EDITOR)));
    }

    private Future<Tokens.Checked> check(Secret token) {
        return bus.ask(Tokens.CHECK, new Tokens.Check(token, EDITOR));
    }

    private Future<Sessions.Ended> revoke(Caller owner, UUID id) {
        return bus.ask(Tokens.REVOKE, new Tokens.Revoke(owner, id, Origin.of(EDITOR)));
    }

    private PersonalToken find(Caller owner, Created created) {
        return Answers.of(
                bus.ask(Tokens.FIND, new Tokens.Find(owner, created.token().id())));
    }

    private List<PersonalToken> list(Caller owner) {
        return Answers.of(bus.ask(Tokens.LIST, new Tokens.ListMine(owner, new PageRequest(null, 200, Order.ASC))))
                .items();
    }

    private List<UUID> recentlyEnded() {
        return Answers.of(bus.ask(Sessions.RECENTLY_ENDED, new Sessions.Recent(Duration.ofMinutes(15))))
                .ids();
    }

    private List<String> events(UUID id) {
        return Answers.of(OwnerDatabase.of(database)
                .query("""
                /* test */ SELECT type FROM security_events WHERE detail::json ->> 'token_id' = #{id} ORDER BY seq
                """, row -> row.getString(0))
                .list(Parameters.of("id", id.toString())));
    }

    private static Kind kind(Future<?> failed) {
        return problemOf(failed).kind();
    }
}
