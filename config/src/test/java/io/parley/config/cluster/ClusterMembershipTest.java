package io.parley.config.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.settings.operations.ClusterSettings;
import io.parley.config.settings.operations.Role;
import io.parley.config.system.client.Pause;
import io.parley.contracts.Health;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes in this process. */
class ClusterMembershipTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<Node> nodes = new ArrayList<>();
    private final int port = freePort();

    private record Node(Vertx vertx, Bus bus, AtomicInteger answered) {
        String answer() {
            var deployed = vertx.deployVerticle(context -> bus.answer(Health.of("tasks"), check -> {
                answered.incrementAndGet();
                return Future.succeededFuture(None.NONE);
            }));
            return deployed.await();
        }

        Future<None> ask() {
            return bus.ask(Health.of("tasks"), new Health.Check());
        }

        void awaitAnAnswer() {
            var deadline = Instant.now().plus(PATIENCE);
            while (ask().otherwiseEmpty().await() == null)
                assertThat(Instant.now()).isBefore(deadline);
        }
    }

    @AfterEach
    void leave() {
        nodes.forEach(node -> node.vertx().close().await());
    }

    @Test
    void asksAtHomeWhatIsAnsweredThereAndElsewhereWhatIsNot() {
        var here = node("the password of both", port);
        var there = node("the password of both", freePort());
        there.answer();
        here.awaitAnAnswer();
        there.answered().set(0);

        var home = here.answer();
        for (int i = 0; i < 20; i++) here.ask().await();
        assertThat(here.answered()).hasValue(20);
        assertThat(there.answered()).hasValue(0);

        here.vertx().undeploy(home).await();
        for (int i = 0; i < 20; i++) here.ask().await();
        assertThat(there.answered()).hasValue(20);
    }

    @Test
    void asksNothingMoreOfANodeThatLeaves() {
        var here = node("the password of both", port);
        var there = node("the password of both", freePort());
        there.answer();
        here.awaitAnAnswer();

        there.bus().leave().await();

        var deadline = Instant.now().plus(PATIENCE);
        while (here.ask().map(Optional::of).otherwise(Optional.empty()).await().isPresent())
            assertThat(Instant.now()).isBefore(deadline);
        assertThat(here.ask()
                        .transform(asked -> Future.succeededFuture(((Problem) asked.cause()).kind()))
                        .await())
                .isEqualTo(Problem.Kind.UNAVAILABLE);
    }

    @Test
    void speaksTlsWithThoseThatHaveACertificateOfItsAuthority(@TempDir Path folder) throws Exception {
        var tls = NodeKey.in(folder, "nodes");
        var here = node("the password of both", port, Optional.of(tls));
        node("the password of both", freePort(), Optional.of(tls)).answer();

        here.awaitAnAnswer();
    }

    @Test
    void hearsNothingFromThoseWithACertificateOfAnother(@TempDir Path folder) throws Exception {
        var here = node("the password of both", port, Optional.of(NodeKey.in(folder, "ours")));
        var there = node("the password of both", freePort(), Optional.of(NodeKey.in(folder, "others")));
        there.answer();

        assertNeverAnswers(here);
    }

    @Test
    void joinsNoneWithAnotherPassword() {
        var here = node("the password of both", port);
        var there = node("the password of one alone", freePort());
        there.answer();

        assertNeverAnswers(here);
    }

    // Nodes that are joined know of each other within a second.
    private static void assertNeverAnswers(Node node) {
        var end = Instant.now().plusSeconds(3);
        while (Instant.now().isBefore(end)) {
            assertThat(node.ask().otherwiseEmpty().await()).isNull();
            Pause.briefly();
        }
    }

    private Node node(String password, int own) {
        return node(password, own, Optional.empty());
    }

    private Node node(String password, int own, Optional<ClusterSettings.Tls> tls) {
        var settings = new ClusterSettings(
                true,
                Role.ALL,
                Optional.of(new Secret(password)),
                "127.0.0.1",
                own,
                freePort(),
                List.of("127.0.0.1:" + port),
                Optional.empty(),
                false,
                tls);
        var vertx = ClusterMembership.join(settings);
        var bus = new Bus(vertx, Duration.ofSeconds(5));
        var node = new Node(vertx, bus, new AtomicInteger());
        nodes.add(node);
        vertx.deployVerticle(new PeerVerticle(bus, "127.0.0.1:" + own)).await();
        return node;
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
