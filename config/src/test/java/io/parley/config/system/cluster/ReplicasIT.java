package io.parley.config.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Pause;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.JarDatabase;
import io.parley.config.system.harness.ParleyJar;
import io.parley.postgres.embedded.EmbeddedPostgres;
import io.parley.postgres.embedded.EmbeddedSettings;
import io.parley.testing.postgres.Standby;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two nodes of a cluster with a primary, a standby of it, and what was set as others by mistake. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplicasIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String STANDBY = "replica-1";
    private static final String FOREIGN = "replica-2";
    private static final String OTHER_DATABASE = "replica-3";

    private static ParleyJar host;
    private static JarDatabase primary;
    private static Standby standby;
    private static EmbeddedPostgres foreign;
    private static final List<Node> nodes = new ArrayList<>();

    private record Node(ParleyJar jar, URI management) {
        ApiClient as(TestUser person) {
            return new ApiClient(jar.uri()).as(person.accessToken());
        }

        /** How many statements the server has executed for this node. */
        double statements(String target) {
            return metric("parley_db_query_duration_seconds_count", target);
        }

        boolean reads(String target) {
            return metric("parley_replica_up", target) == 1;
        }

        private double metric(String name, String target) {
            var page = new ApiClient(management).get("/metrics").text();
            var line = Pattern.compile("(?m)^" + name + "\\{target=\"" + target + "\"} (\\S+)$")
                    .matcher(page);
            assertThat(line.find()).as(name + " of " + target).isTrue();
            return Double.parseDouble(line.group(1));
        }
    }

    @BeforeAll
    static void start() throws IOException {
        host = ParleyJar.start(ParleyJar.freshData());
        primary = JarDatabase.of(host);
        standby = Standby.of(primary.url(), host.data(), ParleyJar.freshData());
        foreign = EmbeddedPostgres.start(new EmbeddedSettings(ParleyJar.freshData(), host.data(), 0, false));
        var ports = List.of(ParleyJar.freePort(), ParleyJar.freePort());
        IntStream.range(0, ports.size())
                .parallel()
                .mapToObj(number -> start(ports, number))
                .forEach(ReplicasIT::add);
        await(() -> nodes.stream().allMatch(node -> node.reads(STANDBY)));
    }

    private static synchronized void add(Node node) {
        nodes.add(node);
    }

    private static Node start(List<Integer> ports, int number) {
        try {
            int management = ParleyJar.freePort();
            var settings = new HashMap<>(Map.of(
                    "PARLEY_CLUSTER_ENABLED", "true",
                    "PARLEY_CLUSTER_PASSWORD", "the password of both",
                    "PARLEY_CLUSTER_MEMBERS", "127.0.0.1:" + ports.get(0) + ",127.0.0.1:" + ports.get(1),
                    "PARLEY_CLUSTER_PORT", String.valueOf(ports.get(number)),
                    "PARLEY_CLUSTER_BUS_PORT", String.valueOf(ParleyJar.freePort()),
                    "PARLEY_DATABASE_URL", primary.setting(),
                    "PARLEY_JWT_SECRET", "a secret of both, 32 bytes or longer",
                    "PARLEY_KEYS_KEYSET", Files.readString(host.data().resolve("keyset.json")),
                    "PARLEY_MANAGEMENT_PORT", String.valueOf(management)));
            settings.put(
                    "PARLEY_DATABASE_REPLICAS",
                    Stream.of(standby.url(), foreign.url(), standby.url().withDatabase("postgres"))
                            .map(url -> new JarDatabase(url).setting())
                            .collect(Collectors.joining(", ")));
            settings.put("PARLEY_DATABASE_REPLICA_MAX_LAG", "1h");
            return new Node(
                    ParleyJar.start(ParleyJar.freshData(), settings), URI.create("http://127.0.0.1:" + management));
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @AfterAll
    static void stop() {
        nodes.forEach(node -> node.jar().close());
        standby.close();
        foreign.close();
        host.close();
    }

    @Test
    @Order(1)
    void readAtTheReplicaWhatUsersMayFindThere() {
        var ada = TestUser.registered(new ApiClient(nodes.get(0).jar().uri()), "ada");
        var api = nodes.get(0).as(ada);
        var task =
                api.post("/api/v1/tasks", "{\"title\":\"errand\"}").expect(201).header("Location");
        var conversation = api.post("/api/v1/conversations", "{}").expect(201).header("Location");
        var message = api.post(conversation + "/messages", "{\"role\":\"user\",\"content\":\"errand\"}")
                .expect(201)
                .header("Location");

        for (var path : List.of(
                task,
                "/api/v1/tasks",
                "/api/v1/tasks?status=pending",
                conversation,
                "/api/v1/conversations",
                conversation + "/stats",
                conversation + "/messages",
                "/api/v1/messages",
                message,
                "/api/v1/search?q=errand",
                "/api/v1/analytics/usage",
                "/api/v1/export")) awaitReadAtReplica(nodes.get(0), ada, path);
    }

    @Test
    @Order(2)
    void showUsersOnAllNodesWhatTheyWrote() {
        var ada = TestUser.registered(new ApiClient(nodes.get(0).jar().uri()), "ada");
        var grace = TestUser.registered(new ApiClient(nodes.get(0).jar().uri()), "grace");
        var adas = task(ada);
        var graces = task(grace);
        nodes.forEach(node -> awaitReadAtReplica(node, ada, adas));
        nodes.forEach(node -> awaitReadAtReplica(node, grace, graces));
        standby.pauseReplay();
        try {
            var changed =
                    nodes.get(0).as(ada).patch(adas, "{\"title\":\"written\"}").expect(200);

            for (var node : nodes) {
                var read = node.as(ada).get(adas).expect(200);
                assertThat(read.json()).isEqualTo(changed.json());
                assertThat(read.header("ETag")).isEqualTo(changed.header("ETag"));
                assertThat(node.as(ada).get("/api/v1/tasks").text()).contains("written");
            }
            var made = nodes.get(1)
                    .as(ada)
                    .post("/api/v1/tasks", "{\"title\":\"made\"}")
                    .expect(201);
            nodes.forEach(node -> node.as(ada).get(made.header("Location")).expect(200));
            // Nobody's write according to the nodes, so that it shows which server has answered.
            primary.execute("UPDATE tasks SET title = 'written elsewhere' WHERE user_id = '" + grace.id() + "'");
            nodes.forEach(node -> assertThat(node.as(grace).get(graces).text()).doesNotContain("written elsewhere"));
        } finally {
            standby.resumeReplay();
        }
        nodes.forEach(node -> awaitReadAtReplica(node, ada, adas));
    }

    @Test
    @Order(3)
    void refuseNothingThatTheReplicaDoesNotHaveYet() {
        var ada = TestUser.registered(new ApiClient(nodes.get(0).jar().uri()), "ada");
        var task = task(ada);
        nodes.forEach(node -> awaitReadAtReplica(node, ada, task));
        standby.pauseReplay();
        try {
            primary.execute("INSERT INTO tasks (id, user_id, title) VALUES ('01890a5d-ac96-774b-bcce-b302099a8057', '"
                    + ada.id() + "', 'from elsewhere')");

            nodes.get(0)
                    .as(ada)
                    .get("/api/v1/tasks/01890a5d-ac96-774b-bcce-b302099a8057")
                    .expect(200);
        } finally {
            standby.resumeReplay();
        }
    }

    @Test
    @Order(4)
    void answerWhileTheReplicaDiesAndReadItAgainWhenItIsBack() {
        var ada = TestUser.registered(new ApiClient(nodes.get(0).jar().uri()), "ada");
        var task = task(ada);
        awaitReadAtReplica(nodes.get(0), ada, task);

        standby.kill();
        try {
            nodes.get(0).as(ada).get(task).expect(200);
            await(() -> {
                nodes.get(0).as(ada).get(task).expect(200);
                return nodes.stream().noneMatch(node -> node.reads(STANDBY));
            });
            new ApiClient(nodes.get(0).jar().uri()).get("/health/ready").expect(200);
        } finally {
            standby.restart();
        }

        awaitReadAtReplica(nodes.get(0), ada, task);
    }

    @Test
    @Order(5)
    void answerWhileTheReplicaIsSilent() {
        var ada = TestUser.registered(new ApiClient(nodes.get(0).jar().uri()), "ada");
        var task = task(ada);
        awaitReadAtReplica(nodes.get(0), ada, task);

        standby.freeze();
        try {
            nodes.get(0).as(ada).get(task).expect(200);
            assertThat(nodes.get(0).reads(STANDBY)).isFalse();
            new ApiClient(nodes.get(0).jar().uri()).get("/health/ready").expect(200);
        } finally {
            standby.thaw();
        }

        awaitReadAtReplica(nodes.get(0), ada, task);
    }

    @Test
    @Order(6)
    void neverReadWhatIsNoStandbyOfTheDatabase() {
        for (var node : nodes) {
            for (var other : List.of(FOREIGN, OTHER_DATABASE)) {
                assertThat(node.reads(other)).isFalse();
                assertThat(node.statements(other)).isZero();
            }
        }
    }

    @Test
    @Order(7)
    void doNotReadAStandbyThatWasPromoted() {
        var ada = TestUser.registered(new ApiClient(nodes.get(0).jar().uri()), "ada");
        var task = task(ada);
        standby.promote();
        await(() -> nodes.stream().noneMatch(node -> node.reads(STANDBY)));

        nodes.get(0).as(ada).patch(task, "{\"title\":\"written\"}").expect(200);
        assertThat(nodes.get(0).as(ada).get(task).text()).contains("written");
    }

    private static String task(TestUser user) {
        return nodes.get(0)
                .as(user)
                .post("/api/v1/tasks", "{\"title\":\"errand\"}")
                .expect(201)
                .header("Location");
    }

    /** Reads until the replica has answered, which it does when it has replayed what the user wrote. */
    private static void awaitReadAtReplica(Node node, TestUser user, String path) {
        double before = node.statements(STANDBY);
        await(() -> {
            node.as(user).get(path).expect(200);
            return node.statements(STANDBY) > before;
        });
    }

    private static void await(BooleanSupplier condition) {
        var deadline = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            Pause.briefly();
        }
    }
}
