package io.parley.users.keys;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.grace;
import static io.parley.users.keys.ApiKeysScene.KEY;
import static io.parley.users.keys.ApiKeysScene.OTHER_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.ApiKey;
import io.parley.contracts.users.ApiKeys;
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
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.OwnerDatabase;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is shown and revealed of provider keys, and to whom. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class ApiKeyRulesTest {
    private static ApiKeysScene scene;

    private final Bus bus;

    ApiKeyRulesTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = ApiKeysScene.deploy(vertx, bus, database, folder);
    }

    @Test
    void showsEverythingExceptTheKey() {
        var key = scene.create(ada, "shows", KEY, null);

        assertThat(key)
                .returns(ada.userId(), ApiKey::userId)
                .returns("shows", ApiKey::provider)
                .returns("default", ApiKey::alias)
                .returns("cdef", ApiKey::keyHint)
                .returns(null, ApiKey::lastUsedAt);
        assertThat(scene.find(key)).isEqualTo(key);
        assertThat(key.toString()).doesNotContain(KEY.value());
    }

    @Test
    void revealsTheKeyAndRecordsItsUse() {
        var key = scene.create(ada, "gives", KEY, null);

        assertThat(scene.reveal(ada, "gives")).isEqualTo(KEY);
        assertThat(scene.find(key).lastUsedAt()).isNotNull();
        assertThat(scene.find(key).updatedAt()).isEqualTo(key.updatedAt());
    }

    @Test
    void prefersTheDefaultAlias() {
        scene.create(ada, "prefers", OTHER_KEY, "another");
        assertThat(scene.reveal(ada, "prefers")).isEqualTo(OTHER_KEY);

        scene.create(ada, "prefers", KEY, null);
        assertThat(scene.reveal(ada, "prefers")).isEqualTo(KEY);
    }

    @Test
    void doesNotRevealAnotherUsersKey() {
        scene.create(ada, "nobody-else", KEY, null);

        assertThat(problemOf(bus.ask(ApiKeys.REVEAL, new ApiKeys.Reveal(grace, "nobody-else")))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void givesNoHintOfShortKeys() {
        assertThat(scene.create(ada, "short", new Secret("12345678901"), null).keyHint())
                .isEmpty();
        assertThat(scene.create(ada, "long", new Secret("123456789012"), null).keyHint())
                .isEqualTo("9012");
        assertThat(scene.create(ada, "wide", new Secret("abcdefgh\uD83D\uDD11ijk"), null)
                        .keyHint())
                .isEqualTo("\uD83D\uDD11ijk");
    }

    @Test
    void storesNoKeyInPlainText() {
        var key = scene.create(ada, "clear", KEY, null);

        var row = Answers.of(OwnerDatabase.of(scene.database())
                .query(
                        "/* test */ SELECT k::text || encode(encrypted_key, 'escape') AS text FROM api_keys k WHERE id = #{id}",
                        each -> each.getString("text"))
                .only(Parameters.of("id", key.id())));

        assertThat(row).doesNotContain(KEY.value());
    }

    @Test
    void refusesAnotherUsersKey() {
        var key = scene.create(ada, "theirs", KEY, null);
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
        assertThat(scene.find(key)).isEqualTo(key);
    }

    @Test
    void deletesPermanently() {
        var key = scene.create(ada, "removed", KEY, null);

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
        Answers.of(OwnerDatabase.of(scene.database())
                .query("INSERT INTO users (id, email, password_hash) VALUES (#{id}, 'list@example.org', '-')")
                .run(Parameters.of("id", owner.userId())));
        var first = scene.create(owner, "list", KEY, "1");
        var second = scene.create(owner, "list", KEY, "2");

        var page = Answers.of(bus.ask(ApiKeys.LIST, new ApiKeys.ListMine(owner, new PageRequest(null, 1, Order.ASC))));
        var next = Answers.of(
                bus.ask(ApiKeys.LIST, new ApiKeys.ListMine(owner, new PageRequest(page.nextCursor(), 1, Order.ASC))));

        assertThat(page.items()).containsExactly(first);
        assertThat(next.items()).containsExactly(second);
        assertThat(next.nextCursor()).isNull();
    }

    @Test
    void doesNotDecryptAMovedCiphertext() {
        var adas = scene.create(ada, "moved", KEY, null);
        var adasOther = scene.create(ada, "moved-within", OTHER_KEY, null);
        var graces = scene.create(grace, "moved", OTHER_KEY, null);

        move(adas, adasOther);
        move(adas, graces);
        Answers.of(OwnerDatabase.of(scene.database())
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

    private void move(ApiKey from, ApiKey to) {
        Answers.of(OwnerDatabase.of(scene.database())
                .query("""
                /* test */ UPDATE api_keys SET encrypted_key = (SELECT encrypted_key FROM api_keys WHERE id = #{from})
                 WHERE id = #{to}
                """)
                .run(Parameters.of("from", from.id()).and("to", to.id())));
    }
}
