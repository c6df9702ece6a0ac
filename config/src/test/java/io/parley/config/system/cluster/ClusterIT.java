package io.parley.config.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.Pause;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.cluster.BackgroundLoad.Failure;
import io.parley.config.system.harness.CommandRunner;
import io.parley.config.system.harness.JarDatabase;
import io.parley.config.system.harness.ParleyJar;
import io.parley.config.system.harness.SharedJarExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cluster of four processes: two gateways and two with the modules. */
@ExtendWith(SharedJarExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {
    private static final String MODULES =
            "users,conversations,messages,tasks,files,idempotency,changes,audit,webhooks,retention";
    private static final List<String> ROLES = List.of("gateway", "gateway", MODULES, MODULES + ",assistant");

    /** After this time the loss of a node must have no effect. */
    private static final Duration NOTICEABLE = Duration.ofSeconds(15);

    private static final Duration RETURN = Duration.ofSeconds(30);

    // Twice as long as the others wait for a node: it is evicted, and must rejoin the cluster.
    private static final Duration FREEZE = Duration.ofSeconds(12);

    private static String database;
    private static final ParleyJar[] nodes = new ParleyJar[ROLES.size()];

    @BeforeAll
    static void startAll(ParleyJar host) throws Exception {
        database = JarDatabase.of(host).empty("cluster").setting();
        var ports =
                Stream.generate(ClusterIT::freePort).limit(2L * ROLES.size()).toList();
        var members = ports.stream()
                .limit(ROLES.size())
                .map(port -> "127.0.0.1:" + port)
                .collect(Collectors.joining(","));
        var shared = Map.of(
                "PARLEY_CLUSTER_ENABLED", "true",
                "PARLEY_CLUSTER_PASSWORD", "the password of all four",
                "PARLEY_CLUSTER_MEMBERS", members,
                "PARLEY_DATABASE_URL", database,
                "PARLEY_JWT_SECRET", "a secret of all, 32 bytes or longer",
                "PARLEY_KEYS_KEYSET", Files.readString(host.data().resolve("keyset.json")),
                "JDK_JAVA_OPTIONS", "-Xmx256m",
                // As operators stop their nodes.
                "PARLEY_SHUTDOWN_DRAIN", "1s");
        var starts = IntStream.range(0, ROLES.size())
                .mapToObj(number -> CompletableFuture.runAsync(() -> {
                    var settings = new HashMap<>(shared);
                    settings.put("PARLEY_CLUSTER_ROLES", ROLES.get(number));
                    settings.put("PARLEY_CLUSTER_PORT", String.valueOf(ports.get(number)));
                    settings.put("PARLEY_CLUSTER_BUS_PORT", String.valueOf(ports.get(number + ROLES.size())));
                    nodes[number] = ParleyJar.start(ParleyJar.freshData(), settings);
                }))
                .toList();
        starts.forEach(CompletableFuture::join);
    }

    private static int freePort() {
        try {
            return ParleyJar.freePort();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @AfterAll
    static void killAll() {
        Stream.of(nodes).filter(node -> node != null).forEach(ParleyJar::kill);
    }

    @Test
    @Order(1)
    void endsSessionsEverywhereAtOnce() {
        var ada = TestUser.registered(new ApiClient(nodes[0].uri()), "ada");
        var there = new ApiClient(nodes[1].uri()).as(ada.accessToken());
        there.get("/api/v1/users/me").expect(200);

        ada.api()
                .post("/api/v1/auth/logout", "{\"refresh_token\":\"" + ada.refreshToken() + "\"}")
                .expect(204);

        awaitRefusal(there);
    }

    @Test
    @Order(2)
    void endsTheTokensOfADeactivatedAccountEverywhereAtOnce() {
        var here = new ApiClient(nodes[0].uri());
        var grace = TestUser.registered(here, "grace");
        CommandRunner.run(nodes[0], Map.of("PARLEY_DATABASE_URL", database), "admin", "grant", grace.email());
        var ada = TestUser.registered(here, "ada");
        var there = new ApiClient(nodes[1].uri()).as(ada.accessToken());
        there.get("/api/v1/users/me").expect(200);

        grace.again()
                .api()
                .patch("/api/v1/admin/users/" + ada.id(), "{\"is_active\":false}")
                .expect(200);

        awaitRefusal(there);
    }

    // The default does not apply to clients on this machine, unless a proxy forwards for them.
    @Test
    @Order(2)
    void letsLittleMoreThanTheRateOfAUserThroughBothGateways() {
        var ada = TestUser.registered(new ApiClient(nodes[0].uri()), "ada");
        long start = System.nanoTime();
        var passed = Stream.of(nodes[0], nodes[0], nodes[1], nodes[1])
                .map(node -> CompletableFuture.supplyAsync(() -> countAnswered(node, ada, start)))
                .toList()
                .stream()
                .mapToInt(CompletableFuture::join)
                .sum();
        double seconds = (System.nanoTime() - start) / 1e9;

        assertThat((double) passed).isLessThanOrEqualTo(1.25 * 100 * seconds + 100);
    }

    private static int countAnswered(ParleyJar node, TestUser ada, long start) {
        var api = new ApiClient(node.uri()).as(ada.accessToken());
        int answered = 0;
        while (System.nanoTime() - start < Duration.ofSeconds(4).toNanos()) {
            var answer = api.send(ApiRequest.of("GET", "/api/v1/users/me").with("X-Forwarded-Proto", "https"));
            assertThat(answer.status()).isIn(200, 429);
            if (answer.status() == 200) answered++;
            // Four of these clients still ask for three times the rate.
            Pause.betweenRequests();
        }
        return answered;
    }

    // The notice arrives within milliseconds; polling alone would take up to 5 s.
    private static void awaitRefusal(ApiClient api) {
        var deadline = Instant.now().plusSeconds(1);
        while (api.get("/api/v1/users/me").status() != 401) {
            assertThat(Instant.now()).isBefore(deadline);
            Pause.briefly();
        }
    }

    @Test
    @Order(3)
    void losesNothingWhenANodeIsKilledAndComesBack() throws Exception {
        var ada = TestUser.registered(new ApiClient(nodes[0].uri()), "ada");
        try (var load = new BackgroundLoad(ada, List.of(nodes[0].uri()))) {
            load.awaitProgress(100);
            var death = Instant.now();
            nodes[2].kill();
            nodes[2] = nodes[2].again();
            load.awaitProgress(200);
            load.settle(ada.api());

            assertNoticedBriefly(load, death);
        }
    }

    @Test
    @Order(4)
    void losesNothingWhenANodeFreezesAndThaws() throws Exception {
        var ada = TestUser.registered(new ApiClient(nodes[0].uri()), "ada");
        try (var load = new BackgroundLoad(ada, List.of(nodes[0].uri()))) {
            load.awaitProgress(100);
            var freeze = Instant.now();
            nodes[3].freeze();
            while (Instant.now().isBefore(freeze.plus(FREEZE))) load.awaitProgress(50);
            var thaw = Instant.now();
            nodes[3].thaw();
            while (!reachesEveryModule(nodes[0]) || !reachesEveryModule(nodes[1])) {
                load.awaitProgress(50);
                assertThat(Instant.now()).isBefore(thaw.plus(RETURN));
            }
            load.awaitProgress(100);
            load.settle(ada.api());

            assertNoticedBriefly(load, freeze);
            assertThat(load.failures()).extracting(Failure::at).noneMatch(thaw::isBefore);
        }
    }

    // Only the node that froze runs the assistant.
    private static boolean reachesEveryModule(ParleyJar gateway) {
        return new ApiClient(gateway.uri()).get("/health/ready").status() == 200;
    }

    @Test
    @Order(5)
    void losesNothingWhenAllAreRestartedOneAfterTheOther() throws Exception {
        var ada = TestUser.registered(new ApiClient(nodes[0].uri()), "ada");
        try (var load = new BackgroundLoad(ada, List.of(nodes[0].uri(), nodes[1].uri()))) {
            for (int number : new int[] {2, 3, 0, 1}) {
                load.awaitProgress(100);
                nodes[number].terminate();
                assertThat(nodes[number].exitCode()).isZero();
                load.awaitProgress(100);
                nodes[number] = nodes[number].again();
            }
            load.settle(ada.api());

            assertThat(load.failures()).isEmpty();
        }
    }

    private static void assertNoticedBriefly(BackgroundLoad load, Instant death) {
        assertThat(load.failures()).allSatisfy(failure -> {
            assertThat(failure.answer().status()).isIn(503, 504);
            assertThat(failure.isRead()).isFalse();
            assertThat(failure.at()).isBefore(death.plus(NOTICEABLE));
        });
    }
}
