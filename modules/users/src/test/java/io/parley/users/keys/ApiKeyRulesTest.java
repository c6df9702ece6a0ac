package io.parley.users.keys;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.ApiKey;
import io.parley.contracts.users.ApiKeys;
import io.parley.contracts.users.ApiKeys.ApiKeyDraft;
import io.parley.contracts.users.ApiKeys.ApiKeyPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
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
import io.parley.users.UsersSettings;
import io.parley.users.UsersVerticle;
import io.parley.users.limits.LimitSettings;
import io.parley.users.sessions.SessionSettings;
import io.parley.users.signin.PasswordSettings;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({PostgresExtension.class, BusExtension.class})
class ApiKeyRulesTest {
    private static final Secret KEY = new Secret("sk-live-0123456789abcdef");
    private static final Secret OTHER_KEY = new Secret("sk-live-fedcba9876543210");

    private final Bus bus;
    private final Database database;

    ApiKeyRulesTest(Bus bus, Database database) {
        this.bus = bus;
        this.database = database;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        var keys = new KeysetSettings(null, folder.resolve("keyset.json"));
        Answers.of(vertx.deployVerticle(UsersVerticle.instances(
                        vertx,
                        bus,
                        database,
                        UsersSettings.open(
                                new PasswordSettings(1, 3, 8),
                                keys,
                                SessionSettings.withoutClients(),
                                LimitSettings.NONE))
                .get()));
    }

    @Test
    void showsEverythingExceptTheKey() {
        var key = create(ada, "shows", KEY, null);

        assertThat(key)
                .returns(ada.userId(), ApiKey::userId)
                .returns("shows", ApiKey::provider)
                .returns("default", ApiKey::alias)
                .returns("cdef", ApiKey::keyHint)
                .returns(null, ApiKey::lastUsedAt);
        assertThat(find(key)).isEqualTo(key);
        assertThat(key.toString()).doesNotContain(KEY.value());
    }

    @Test
    void revealsTheKeyAndRecordsItsUse() {
        var key = create(ada, "gives", KEY, null);

        assertThat(reveal(ada, "gives")).isEqualTo(KEY);
        assertThat(find(key).lastUsedAt()).isNotNull();
        assertThat(find(key).updatedAt()).isEqualTo(key.updatedAt());
    }

    @Test
    void prefersTheDefaultAlias() {
        create(ada, "prefers", OTHER_KEY, "another");
        assertThat(reveal(ada, "prefers")).isEqualTo(OTHER_KEY);

        create(ada, "prefers", KEY, null);
        assertThat(reveal(ada, "prefers")).isEqualTo(KEY);
    }

    @Test
    void doesNotRevealAnotherUsersKey() {
        create(ada, "nobody-else", KEY, null);

        assertThat(problemOf(bus.ask(ApiKeys.REVEAL, new ApiKeys.Reveal(grace, "nobody-else")))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void givesNoHintOfShortKeys() {
        assertThat(create(ada, "short", new Secret("12345678901"), null).keyHint())
                .isEmpty();
        assertThat(create(ada, "long", new Secret("123456789012"), null).keyHint())
                .isEqualTo("9012");
        assertThat(create(ada, "wide", new Secret("abcdefgh\uD83D\uDD11ijk"), null)
                        .keyHint())
                .isEqualTo("\uD83D\uDD11ijk");
    }

    @Test
    void storesNoKeyInPlainText() {
        var key = create(ada, "clear", KEY, null);

        var row = Answers.of(OwnerDatabase.of(database)
                .query(
                        "/* test */ SELECT k::text || encode(encrypted_key, 'escape') AS text FROM api_keys k WHERE id = #{id}",
                        each -> each.getString("text"))
                .only(Parameters.of("id", key.id())));

        assertThat(row).doesNotContain(KEY.value());
    }

    @Test
    void refusesASecondKeyWithTheSameAlias() {
        create(ada, "second", KEY, "work");
        var other = create(ada, "second", KEY, "home");
        create(grace, "second", KEY, "work");

        var again = problemOf(bus.ask(
                ApiKeys.CREATE, new ApiKeys.Create(ada, new ApiKeyDraft("second", OTHER_KEY, "work"), Origin.LOCAL)));
        var renamed = problemOf(bus.ask(
                ApiKeys.UPDATE,
                new ApiKeys.Update(
                        ada,
                        other.id(),
                        Versions.ANY,
                        new ApiKeyPatch(Patch.to("work"), Patch.absent()),
                        Origin.LOCAL)));

        assertThat(List.of(again, renamed)).allSatisfy(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.CONFLICT);
            assertThat(problem.faults()).extracting(Problem.Fault::pointer).containsExactly("/alias");
        });
    }

    @Test
    void createsOneKeyForOneId() {
        var id = Ids.next();
        var create = new ApiKeys.Create(ada, id, new ApiKeyDraft("once", KEY, null), Origin.LOCAL);

        var created = Stream.generate(() -> bus.ask(ApiKeys.CREATE, create)).limit(20).toList().stream()
                .map(Answers::of)
                .toList();

        assertThat(created)
                .containsOnly(created.get(0))
                .allMatch(key -> key.id().equals(id));
        assertThat(reveal(ada, "once")).isEqualTo(KEY);
    }

    @Test
    void answersEachOfTwoUsersWhoseKeysHaveTheSameIdWithTheirOwn() {
        var adas = create(ada, "same-id", KEY, null);
        var graces = Answers.of(bus.ask(
                ApiKeys.CREATE,
                new ApiKeys.Create(grace, adas.id(), new ApiKeyDraft("same-id", OTHER_KEY, null), Origin.LOCAL)));

        assertThat(find(ada, adas)).isEqualTo(adas);
        assertThat(find(grace, adas)).isEqualTo(graces);
        assertThat(reveal(ada, "same-id")).isEqualTo(KEY);
        assertThat(reveal(grace, "same-id")).isEqualTo(OTHER_KEY);
        assertThat(list(ada)).contains(find(ada, adas)).doesNotContain(find(grace, adas));
        assertThat(list(grace)).contains(find(grace, adas)).doesNotContain(find(ada, adas));
    }

    @Test
    void changesOnlyTheCallersOfTwoKeysWithTheSameId() {
        var adas = create(ada, "same-id-changed", KEY, null);
        var graces = Answers.of(bus.ask(
                ApiKeys.CREATE,
                new ApiKeys.Create(
                        grace, adas.id(), new ApiKeyDraft("same-id-changed", OTHER_KEY, null), Origin.LOCAL)));
        var rename = new ApiKeyPatch(Patch.to("renamed"), Patch.absent());

        var changed = update(adas, rename);
        assertThat(changed).returns(ada.userId(), ApiKey::userId).returns("renamed", ApiKey::alias);
        assertThat(find(grace, adas)).isEqualTo(graces);
        assertThat(problemOf(bus.ask(
                                ApiKeys.UPDATE,
                                new ApiKeys.Update(
                                        ada, adas.id(), Versions.of(adas.updatedAt()), rename, Origin.LOCAL)))
                        .kind())
                .isEqualTo(Kind.STALE);

        Answers.of(bus.ask(ApiKeys.DELETE, new ApiKeys.Delete(grace, adas.id(), Versions.ANY, Origin.LOCAL)));
        assertThat(find(ada, adas)).isEqualTo(changed);
        assertThat(problemOf(bus.ask(ApiKeys.FIND, new ApiKeys.Find(grace, adas.id())))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void changesOnlyTheFieldsOfAPatch() {
        var key = create(ada, "patch", KEY, null);

        var renamed = update(key, new ApiKeyPatch(Patch.to("renamed"), Patch.absent()));
        assertThat(renamed).returns("renamed", ApiKey::alias).returns("cdef", ApiKey::keyHint);
        assertThat(reveal(ada, "patch")).isEqualTo(KEY);

        var replaced = update(key, new ApiKeyPatch(Patch.absent(), Patch.to(OTHER_KEY)));
        assertThat(replaced).returns("renamed", ApiKey::alias).returns("3210", ApiKey::keyHint);
        assertThat(reveal(ada, "patch")).isEqualTo(OTHER_KEY);
        assertThat(replaced.updatedAt()).isAfter(renamed.updatedAt());
        assertThat(renamed.updatedAt()).isAfter(key.updatedAt());
    }

    @Test
    void refusesLostUpdates() {
        var key = create(ada, "lost", KEY, null);
        var seen = Versions.of(key.updatedAt());
        update(key, new ApiKeyPatch(Patch.to("first"), Patch.absent()));

        assertThat(problemOf(bus.ask(
                                ApiKeys.UPDATE,
                                new ApiKeys.Update(
                                        ada,
                                        key.id(),
                                        seen,
                                        new ApiKeyPatch(Patch.absent(), Patch.to(OTHER_KEY)),
                                        Origin.LOCAL)))
                        .kind())
                .isEqualTo(Kind.STALE);
        assertThat(problemOf(bus.ask(ApiKeys.DELETE, new ApiKeys.Delete(ada, key.id(), seen, Origin.LOCAL)))
                        .kind())
                .isEqualTo(Kind.STALE);
        assertThat(reveal(ada, "lost")).isEqualTo(KEY);
    }

    @Test
    void trimsAKeyThatWasPastedWithALineBreak() {
        var key = create(ada, "pasted", new Secret(" " + KEY.value() + "\r\n"), null);
        assertThat(reveal(ada, "pasted")).isEqualTo(KEY);

        var patch = new ApiKeyPatch(Patch.absent(), Patch.to(new Secret(OTHER_KEY.value() + "\n")));
        Answers.of(bus.ask(ApiKeys.UPDATE, new ApiKeys.Update(ada, key.id(), Versions.ANY, patch, Origin.LOCAL)));
        assertThat(reveal(ada, "pasted")).isEqualTo(OTHER_KEY);
    }

    @Test
    void refusesAnotherUsersKey() {
        var key = create(ada, "theirs", KEY, null);
        var rename = new ApiKeyPatch(Patch.to("mine"), Patch.to(OTHER_KEY));

        assertThat(List.of(
                        problemOf(bus.ask(ApiKeys.FIND, new ApiKeys.Find(grace, key.id()))),
                        problemOf(bus.ask(
                                ApiKeys.UPDATE,
                                new ApiKeys.Update(grace, key.id(), Versions.ANY, rename, Origin.LOCAL))),
                        problemOf(bus.ask(
                                ApiKeys.DELETE, new ApiKeys.Delete(grace, key.id(), Versions.ANY, Origin.LOCAL)))))
                .extracting(Problem::kind)
                .containsOnly(Kind.FORBIDDEN);
        assertThat(find(key)).isEqualTo(key);
    }

    @Test
    void deletesPermanently() {
        var key = create(ada, "removed", KEY, null);

        Answers.of(bus.ask(ApiKeys.DELETE, new ApiKeys.Delete(ada, key.id(), Versions.ANY, Origin.LOCAL)));

        assertThat(problemOf(bus.ask(ApiKeys.FIND, new ApiKeys.Find(ada, key.id())))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(problemOf(bus.ask(ApiKeys.REVEAL, new ApiKeys.Reveal(ada, "removed")))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void listsOwnKeysInPages() {
        var owner = new Caller(Ids.next(), Caller.Role.USER);
        Answers.of(OwnerDatabase.of(database)
                .query("INSERT INTO users (id, email, password_hash) VALUES (#{id}, 'list@example.org', '-')")
                .run(Parameters.of("id", owner.userId())));
        var first = create(owner, "list", KEY, "1");
        var second = create(owner, "list", KEY, "2");

        var page = Answers.of(bus.ask(ApiKeys.LIST, new ApiKeys.ListMine(owner, new PageRequest(null, 1, Order.ASC))));
        var next = Answers.of(
                bus.ask(ApiKeys.LIST, new ApiKeys.ListMine(owner, new PageRequest(page.nextCursor(), 1, Order.ASC))));

        assertThat(page.items()).containsExactly(first);
        assertThat(next.items()).containsExactly(second);
        assertThat(next.nextCursor()).isNull();
    }

    @Test
    void doesNotDecryptAMovedCiphertext() {
        var adas = create(ada, "moved", KEY, null);
        var adasOther = create(ada, "moved-within", OTHER_KEY, null);
        var graces = create(grace, "moved", OTHER_KEY, null);

        move(adas, adasOther);
        move(adas, graces);
        Answers.of(OwnerDatabase.of(database)
                .query("/* test */ UPDATE api_keys SET user_id = #{user_id}, alias = 'taken' WHERE id = #{id}")
                .run(Parameters.of("id", adas.id()).and("user_id", grace.userId())));
        Answers.of(bus.ask(ApiKeys.DELETE, new ApiKeys.Delete(grace, graces.id(), Versions.ANY, Origin.LOCAL)));

        assertThat(problemOf(bus.ask(ApiKeys.REVEAL, new ApiKeys.Reveal(ada, "moved-within")))
                        .kind())
                .isEqualTo(Kind.CONFLICT);
        assertThat(problemOf(bus.ask(ApiKeys.REVEAL, new ApiKeys.Reveal(grace, "moved")))
                        .kind())
                .isEqualTo(Kind.CONFLICT);
    }

    @Test
    void pointsAtAnInvalidKey() {
        for (var bad : List.of("", "x".repeat(4097), "sk-\nline", "sk-\u0000x")) {
            var problem = catchProblem(() -> new ApiKeyDraft("bad", new Secret(bad), null));
            assertThat(problem.faults()).extracting(Problem.Fault::pointer).containsExactly("/key");
        }
        assertThat(create(ada, "longest", new Secret("x".repeat(4096)), null).keyHint())
                .isEqualTo("xxxx");
        assertThat(catchProblem(() -> new ApiKeyPatch(Patch.to(null), Patch.absent()))
                        .kind())
                .isEqualTo(Kind.INVALID);
        assertThat(catchProblem(() -> new ApiKeyPatch(Patch.absent(), Patch.to(null)))
                        .kind())
                .isEqualTo(Kind.INVALID);
    }

    private static Problem catchProblem(Runnable work) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(Problem.class, work::run);
    }

    private void move(ApiKey from, ApiKey to) {
        Answers.of(OwnerDatabase.of(database)
                .query("""
                /* test */ UPDATE api_keys SET encrypted_key = (SELECT encrypted_key FROM api_keys WHERE id = #{from})
                 WHERE id = #{to}
                """)
                .run(Parameters.of("from", from.id()).and("to", to.id())));
    }

    private ApiKey create(Caller caller, String provider, Secret key, String alias) {
        return Answers.of(bus.ask(
                ApiKeys.CREATE, new ApiKeys.Create(caller, new ApiKeyDraft(provider, key, alias), Origin.LOCAL)));
    }

    private ApiKey find(ApiKey key) {
        return find(ada, key);
    }

    private ApiKey find(Caller caller, ApiKey key) {
        return Answers.of(bus.ask(ApiKeys.FIND, new ApiKeys.Find(caller, key.id())));
    }

    private List<ApiKey> list(Caller caller) {
        return Answers.of(bus.ask(ApiKeys.LIST, new ApiKeys.ListMine(caller, new PageRequest(null, 200, Order.ASC))))
                .items();
    }

    private ApiKey update(ApiKey key, ApiKeyPatch patch) {
        return Answers.of(
                bus.ask(ApiKeys.UPDATE, new ApiKeys.Update(ada, key.id(), Versions.ANY, patch, Origin.LOCAL)));
    }

    private Secret reveal(Caller caller, String provider) {
        return Answers.of(bus.ask(ApiKeys.REVEAL, new ApiKeys.Reveal(caller, provider)));
    }
}
