package io.parley.config.system.contract;

import static io.parley.config.system.contract.AccessRule.ADMIN;
import static io.parley.config.system.contract.AccessRule.ONE;
import static io.parley.config.system.contract.AccessRule.STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.cli.Terminal;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiContract;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.ChangeStream;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.Operation;
import io.parley.config.system.client.Pause;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.CitusCluster;
import io.parley.config.system.harness.ParleyJar;
import io.parley.config.system.harness.SharedJarExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation of the contract on tables that Citus distributes over three nodes, and what happens in the background. */
class CitusIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path RECORDINGS = Path.of("src", "test", "resources", "airline-conversations.jsonl");

    private static CitusCluster cluster;
    private static ParleyJar jar;
    private static ApiClient anonymous;
    private static ValidRequests scene;
    private static TestUser grace;
    private static TestUser margaret;

    @BeforeAll
    static void start() {
        var programs = CitusCluster.programs();
        assumeTrue(
                programs.isPresent(),
                "NOT TRIED ON CITUS: set CITUS_BIN to the bin folder of a PostgreSQL that has the extension");
        cluster = CitusCluster.start(programs.get());
        run("migrate", "--distribute").succeeds();
        jar = ParleyJar.start(ParleyJar.freshData(), settings());
        anonymous = new ApiClient(jar.uri());
        scene = new ValidRequests(anonymous);
        grace = TestUser.registered(anonymous, "grace");
        margaret = TestUser.registered(anonymous, "margaret");
        run("admin", "grant", margaret.email()).succeeds();
        margaret = margaret.again();
    }

    private static Map<String, String> settings() {
        var settings = new HashMap<>(SharedJarExtension.SETTINGS);
        settings.put("PARLEY_DATABASE_URL", cluster.database().setting());
        settings.put("PARLEY_RETENTION_TRASH_DAYS", "0");
        settings.put("PARLEY_RETENTION_INTERVAL", "1s");
        return settings;
    }

    private static Terminal.Outcome run(String... arguments) {
        var environment = new HashMap<>(settings());
        environment.put("PARLEY_DATA_DIR", ParleyJar.freshData().toString());
        return new Terminal(environment).run(arguments);
    }

    @AfterAll
    static void stop() {
        if (jar != null) jar.close();
        if (cluster != null) cluster.close();
    }

    static Stream<Operation> operations() {
        return ApiContract.SERVED.operations().stream().filter(operation -> AccessRule.of(operation) != STREAM);
    }

    static Stream<Operation> namingOne() {
        return operations().filter(operation -> AccessRule.of(operation) == ONE);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void servesWhoMayCallIt(Operation operation) {
        var owner = AccessRule.of(operation) == ADMIN ? margaret : scene.actor(operation);
        owner.api().within(PATIENCE).send(scene.request(operation, owner)).expect(scene.success(operation));
    }

    @ParameterizedTest
    @MethodSource("namingOne")
    void refusesAnotherUser(Operation operation) {
        grace.api().send(scene.request(operation, scene.actor(operation))).expect(403);
    }

    @Test
    void importsAndExportsTheSame() throws IOException {
        var ada = TestUser.registered(anonymous, "ada").api().within(PATIENCE);
        var lines = Files.readString(RECORDINGS);

        var report =
                ada.send(ApiRequest.of("POST", "/api/v1/import").lines(lines)).expect(200);

        assertThat(report.json())
                .isEqualTo(Json.read("{\"imported\":60,\"updated\":0,\"unchanged\":0,\"failed\":[],\"notes\":[]}"));
        assertThat(ada.get("/api/v1/export").expect(200).text().lines()).hasSize(60);
    }

    @Test
    void continuesAChangeStreamWithoutALoss() {
        var ada = TestUser.registered(anonymous, "ada");
        String place;
        try (var stream = ChangeStream.of(jar.uri(), ada)) {
            task(ada, "first");
            stream.next("task.created");
            place = stream.lastEventId();
        }
        var missed = task(ada, "second");

        try (var stream = ChangeStream.of(jar.uri(), ada, place)) {
            assertThat(stream.next("task.created").get("id")).isEqualTo(missed.get("id"));
        }
    }

    /** The purge removes the conversation from the trash and unlinks the task that refers to it. */
    @Test
    void purgesTheTrash() {
        var ada = TestUser.registered(anonymous, "ada");
        var conversation = ada.api().post("/api/v1/conversations", "{}").expect(201);
        var task = Json.object()
                .put("title", "Book")
                .put("conversation_id", conversation.json().get("id").asText());
        var linked = ada.api().post("/api/v1/tasks", task.toString()).expect(201);
        ada.api().delete(conversation.header("Location")).expect(204);

        var deadline = Instant.now().plus(PATIENCE);
        while (!ada.api()
                .get(linked.header("Location"))
                .json()
                .get("conversation_id")
                .isNull()) {
            assertThat(Instant.now()).isBefore(deadline);
            Pause.briefly();
        }

        assertThat(ada.api().get("/api/v1/conversations?deleted=true").json().get("items"))
                .isEmpty();
    }

    @Test
    void givesEachOfTwoUsersTheirOwnRowWithTheSameId() {
        var id = UUID.randomUUID().toString();
        var ada = TestUser.registered(anonymous, "ada");
        for (var owner : new TestUser[] {ada, grace})
            cluster.database()
                    .execute("INSERT INTO conversations (id, user_id, title) VALUES ('" + id + "', '" + owner.id()
                            + "', '" + owner.email() + "')");

        for (var owner : new TestUser[] {ada, grace})
            assertThat(owner.api()
                            .get("/api/v1/conversations/" + id)
                            .expect(200)
                            .json()
                            .get("title")
                            .asText())
                    .isEqualTo(owner.email());
    }

    @Test
    void distributesOnceAndRefusesToRollBack() {
        assertThat(run("migrate", "--distribute").succeeds()).contains("distributed already");
        run("rollback", "--to", "0").refuses("the tables are distributed with Citus");
    }

    private static JsonNode task(TestUser owner, String title) {
        return owner.api()
                .post("/api/v1/tasks", Json.object().put("title", title).toString())
                .expect(201)
                .json();
    }
}
