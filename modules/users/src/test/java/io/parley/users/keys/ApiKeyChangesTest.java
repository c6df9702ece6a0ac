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
import io.parley.contracts.users.ApiKeys.ApiKeyDraft;
import io.parley.contracts.users.ApiKeys.ApiKeyPatch;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.BusExtension;
import io.parley.testing.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Provider keys that are stored and changed. */
@ExtendWith({PostgresExtension.class, BusExtension.class})
class ApiKeyChangesTest {
    private static ApiKeysScene scene;

    private final Bus bus;

    ApiKeyChangesTest(Bus bus) {
        this.bus = bus;
    }

    @BeforeAll
    static void deploy(Vertx vertx, Bus bus, Database database, @TempDir Path folder) {
        scene = ApiKeysScene.deploy(vertx, bus, database, folder);
    }

    @Test
    void refusesASecondKeyWithTheSameAlias() {
        scene.create(ada, "second", KEY, "work");
        var other = scene.create(ada, "second", KEY, "home");
        scene.create(grace, "second", KEY, "work");

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
        assertThat(scene.reveal(ada, "once")).isEqualTo(KEY);
    }

    @Test
    void answersEachOfTwoUsersWhoseKeysHaveTheSameIdWithTheirOwn() {
        var adas = scene.create(ada, "same-id", KEY, null);
        var graces = Answers.of(bus.ask(
                ApiKeys.CREATE,
                new ApiKeys.Create(grace, adas.id(), new ApiKeyDraft("same-id", OTHER_KEY, null), Origin.LOCAL)));

        assertThat(scene.find(ada, adas)).isEqualTo(adas);
        assertThat(scene.find(grace, adas)).isEqualTo(graces);
        assertThat(scene.reveal(ada, "same-id")).isEqualTo(KEY);
        assertThat(scene.reveal(grace, "same-id")).isEqualTo(OTHER_KEY);
        assertThat(scene.list(ada)).contains(scene.find(ada, adas)).doesNotContain(scene.find(grace, adas));
        assertThat(scene.list(grace)).contains(scene.find(grace, adas)).doesNotContain(scene.find(ada, adas));
    }

    @Test
    void changesOnlyTheCallersOfTwoKeysWithTheSameId() {
        var adas = scene.create(ada, "same-id-changed", KEY, null);
        var graces = Answers.of(bus.ask(
                ApiKeys.CREATE,
                new ApiKeys.Create(
                        grace, adas.id(), new ApiKeyDraft("same-id-changed", OTHER_KEY, null), Origin.LOCAL)));
        var rename = new ApiKeyPatch(Patch.to("renamed"), Patch.absent());

        var changed = scene.update(adas, rename);
        assertThat(changed).returns(ada.userId(), ApiKey::userId).returns("renamed", ApiKey::alias);
        assertThat(scene.find(grace, adas)).isEqualTo(graces);
        assertThat(problemOf(bus.ask(
                                ApiKeys.UPDATE,
                                new ApiKeys.Update(
                                        ada, adas.id(), Versions.of(adas.updatedAt()), rename, Origin.LOCAL)))
                        .kind())
                .isEqualTo(Kind.STALE);

        Answers.of(bus.ask(ApiKeys.DELETE, new ApiKeys.Delete(grace, adas.id(), Versions.ANY, Origin.LOCAL)));
        assertThat(scene.find(ada, adas)).isEqualTo(changed);
        assertThat(problemOf(bus.ask(ApiKeys.FIND, new ApiKeys.Find(grace, adas.id())))
                        .kind())
                .isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void changesOnlyTheFieldsOfAPatch() {
        var key = scene.create(ada, "patch", KEY, null);

        var renamed = scene.update(key, new ApiKeyPatch(Patch.to("renamed"), Patch.absent()));
        assertThat(renamed).returns("renamed", ApiKey::alias).returns("cdef", ApiKey::keyHint);
        assertThat(scene.reveal(ada, "patch")).isEqualTo(KEY);

        var replaced = scene.update(key, new ApiKeyPatch(Patch.absent(), Patch.to(OTHER_KEY)));
        assertThat(replaced).returns("renamed", ApiKey::alias).returns("3210", ApiKey::keyHint);
        assertThat(scene.reveal(ada, "patch")).isEqualTo(OTHER_KEY);
        assertThat(replaced.updatedAt()).isAfter(renamed.updatedAt());
        assertThat(renamed.updatedAt()).isAfter(key.updatedAt());
    }

    @Test
    void refusesLostUpdates() {
        var key = scene.create(ada, "lost", KEY, null);
        var seen = Versions.of(key.updatedAt());
        scene.update(key, new ApiKeyPatch(Patch.to("first"), Patch.absent()));

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
        assertThat(scene.reveal(ada, "lost")).isEqualTo(KEY);
    }

    @Test
    void trimsAKeyThatWasPastedWithALineBreak() {
        var key = scene.create(ada, "pasted", new Secret(" " + KEY.value() + "\r\n"), null);
        assertThat(scene.reveal(ada, "pasted")).isEqualTo(KEY);

        var patch = new ApiKeyPatch(Patch.absent(), Patch.to(new Secret(OTHER_KEY.value() + "\n")));
        Answers.of(bus.ask(ApiKeys.UPDATE, new ApiKeys.Update(ada, key.id(), Versions.ANY, patch, Origin.LOCAL)));
        assertThat(scene.reveal(ada, "pasted")).isEqualTo(OTHER_KEY);
    }

    @Test
    void pointsAtAnInvalidKey() {
        for (var bad : List.of("", "x".repeat(4097), "sk-\nline", "sk-\u0000x")) {
            var problem = catchProblem(() -> new ApiKeyDraft("bad", new Secret(bad), null));
            assertThat(problem.faults()).extracting(Problem.Fault::pointer).containsExactly("/key");
        }
        assertThat(scene.create(ada, "longest", new Secret("x".repeat(4096)), null)
                        .keyHint())
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
}
