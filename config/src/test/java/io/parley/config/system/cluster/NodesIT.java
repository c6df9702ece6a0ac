package io.parley.config.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ChangeStream;
import io.parley.config.system.client.Pause;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.CommandRunner;
import io.parley.config.system.harness.JarDatabase;
import io.parley.config.system.harness.ParleyJar;
import io.parley.config.system.harness.SharedJarExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two processes started at the same time on one empty external database. */
@ExtendWith(SharedJarExtension.class)
class NodesIT {
    // Nodes outside a cluster poll the database for ended sessions every 5 s.
    private static final Duration HEARSAY = Duration.ofSeconds(10);

    private static JarDatabase database;
    private static ParleyJar here;
    private static ParleyJar there;

    @BeforeAll
    static void startBoth(ParleyJar host) {
        database = JarDatabase.of(host).empty("nodes");
        var first = CompletableFuture.supplyAsync(NodesIT::start);
        var second = CompletableFuture.supplyAsync(NodesIT::start);
        here = first.join();
        there = second.join();
    }

    private static ParleyJar start() {
        var settings = Map.of(
                "PARLEY_DATABASE_URL", database.setting(), "PARLEY_JWT_SECRET", "a secret of both, 32 bytes or longer");
        return ParleyJar.start(ParleyJar.freshData(), settings);
    }

    @AfterAll
    static void stopBoth() {
        Stream.of(here, there).parallel().forEach(ParleyJar::close);
    }

    @Test
    void migrateOnce() {
        assertThat(database.read("SELECT version FROM flyway_schema_history WHERE success"))
                .doesNotHaveDuplicates()
                .contains("001", "016");
        assertThat(here.data().resolve("pgdata")).doesNotExist();
    }

    @Test
    void serveTheSamePeople() {
        var ada = TestUser.registered(new ApiClient(here.uri()), "ada");
        var task = ada.api().post("/api/v1/tasks", "{\"title\":\"errand\"}").expect(201);

        as(there, ada).get(task.header("Location")).expect(200);
    }

    @Test
    void endTheTokensOfTheDeactivatedOnBoth() {
        var ada = TestUser.registered(new ApiClient(here.uri()), "ada");
        var grace = administrator("grace").api();
        as(there, ada).get("/api/v1/users/me").expect(200);

        grace.patch("/api/v1/admin/users/" + ada.id(), "{\"is_active\":false}").expect(200);

        ada.api().get("/api/v1/users/me").expect(401);
        var deadline = Instant.now().plus(HEARSAY);
        while (as(there, ada).get("/api/v1/users/me").status() != 401) {
            assertThat(Instant.now()).isBefore(deadline);
            Pause.briefly();
        }
    }

    @Test
    void tellOfWhatChangesOnTheOtherAndGoOnThere() {
        var ada = TestUser.registered(new ApiClient(here.uri()), "ada");
        String place;
        try (var events = ChangeStream.of(here.uri(), ada)) {
            var task = as(there, ada)
                    .post("/api/v1/tasks", "{\"title\":\"There\"}")
                    .expect(201);
            assertThat(events.next("task.created")).isEqualTo(task.json());
            place = events.lastEventId();
        }
        var missed = as(here, ada).post("/api/v1/tasks", "{\"title\":\"Here\"}").expect(201);

        try (var events = ChangeStream.of(there.uri(), ada, place)) {
            assertThat(events.take().data()).isEqualTo(missed.json());
        }
    }

    @Test
    void keepTheLastAdministrator() {
        database.execute("UPDATE users SET role = 'user'");
        var ada = administrator("ada");
        var account = "/api/v1/admin/users/" + ada.id();

        ada.api().patch(account, "{\"role\":\"user\"}").expect(409);
        ada.api().patch(account, "{\"is_active\":false}").expect(409);
        ada.api().delete(account).expect(409);
        ada.api().delete("/api/v1/users/me").expect(409);
        ada.api().get(account).expect(200);
    }

    @Test
    void keepOneOfTwoAdministratorsWhoDemoteEachOtherAtOnce() {
        database.execute("UPDATE users SET role = 'user'");
        var ada = administrator("ada");
        var grace = administrator("grace");

        var answers = Stream.of(demotion(here, ada, grace), demotion(there, grace, ada))
                .toList();

        assertThat(answers).extracting(CompletableFuture::join).containsOnlyOnce(200);
        assertThat(database.read("SELECT email FROM users WHERE role = 'admin'"))
                .hasSize(1);
    }

    private static CompletableFuture<Integer> demotion(ParleyJar node, TestUser by, TestUser whom) {
        return CompletableFuture.supplyAsync(() -> as(node, by)
                .patch("/api/v1/admin/users/" + whom.id(), "{\"role\":\"user\"}")
                .status());
    }

    private static TestUser administrator(String name) {
        var person = TestUser.registered(new ApiClient(here.uri()), name);
        database.execute("UPDATE users SET role = 'admin' WHERE id = '" + person.id() + "'");
        return person.again();
    }

    @Test
    void letTheKeysetRotateBesideThem() {
        var ada = TestUser.registered(new ApiClient(here.uri()), "ada").api();
        ada.post("/api/v1/api-keys", "{\"provider\":\"openai\",\"key\":\"sk-before-the-rotation\"}")
                .expect(201);

        assertThat(CommandRunner.run(here, Map.of("PARLEY_DATABASE_URL", database.setting()), "keys", "rotate"))
                .contains("new primary key")
                .containsPattern("Re-encrypted: [1-9]");
    }

    private static ApiClient as(ParleyJar node, TestUser person) {
        return new ApiClient(node.uri()).as(person.accessToken());
    }
}
