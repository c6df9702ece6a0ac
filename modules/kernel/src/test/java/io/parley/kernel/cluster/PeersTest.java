package io.parley.kernel.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Ids;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeersTest {
    private static final String ADDRESS = "test.items";
    private static final UUID ADA = Ids.next();
    private static final UUID GRACE = Ids.next();

    private final Vertx vertx = Vertx.vertx();
    private final List<UUID> chosen = new ArrayList<>();
    private long now = System.nanoTime();
    private final Peers peers = new Peers(() -> now);

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void areAskedIfTheyAnswer() {
        receive(ADA, ADDRESS);
        receive(GRACE, "test.others");

        for (int i = 0; i < 10; i++)
            assertThat(peers.ask(ADDRESS, this::done).succeeded()).isTrue();
        assertThat(chosen).containsOnly(ADA);
    }

    @Test
    void areNotAskedAtAddressesThatNoneOfThemAnswers() {
        receive(ADA, "test.others");

        assertThat(kind(peers.ask(ADDRESS, this::done))).isEqualTo(Problem.Kind.UNAVAILABLE);
        assertThat(chosen).isEmpty();
    }

    @Test
    void areAskedInTurnIfTheFirstIsGone() {
        receive(ADA, ADDRESS);
        receive(GRACE, ADDRESS);

        var reply = peers.ask(
                ADDRESS,
                each -> done(each).compose(first -> chosen.size() == 1 ? nobody() : Future.succeededFuture(first)));

        assertThat(reply.succeeded()).isTrue();
        assertThat(chosen).containsExactlyInAnyOrder(ADA, GRACE);
    }

    @Test
    void areNotAskedAgainIfAllAreGone() {
        receive(ADA, ADDRESS);
        receive(GRACE, ADDRESS);

        var reply = peers.ask(ADDRESS, each -> done(each).compose(first -> nobody()));

        assertThat(kind(reply)).isEqualTo(Problem.Kind.UNAVAILABLE);
        assertThat(chosen).containsExactlyInAnyOrder(ADA, GRACE);
    }

    @Test
    void areAskedNothingMoreWhenTheyLeave() {
        receive(ADA, ADDRESS);
        peers.receive(new Heartbeat(ADA, "ada", Set.of(ADDRESS), true));

        assertThat(kind(peers.ask(ADDRESS, this::done))).isEqualTo(Problem.Kind.UNAVAILABLE);
    }

    @Test
    void areAskedLastWhenTheyMissABeat() {
        receive(ADA, ADDRESS);
        pass(Duration.ofMillis(1500));
        receive(GRACE, ADDRESS);

        for (int i = 0; i < 10; i++) peers.ask(ADDRESS, this::done);
        assertThat(chosen).containsOnly(GRACE);
    }

    @Test
    void areEvictedWithTheirRequestsWhenTheirHeartbeatsStop() throws Exception {
        receive(ADA, ADDRESS);
        var reply =
                peers.ask(ADDRESS, each -> each.expect(Promise.<None>promise().future(), vertx.getOrCreateContext()));
        pass(Duration.ofSeconds(4));
        assertThat(reply.isComplete()).isFalse();

        peers.sweep();

        assertThat(reply.otherwiseEmpty()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(5, TimeUnit.SECONDS))
                .isNull();
        assertThat(kind(reply)).isEqualTo(Problem.Kind.LOST);
        assertThat(kind(peers.ask(ADDRESS, this::done))).isEqualTo(Problem.Kind.UNAVAILABLE);
    }

    private void receive(UUID node, String address) {
        peers.receive(new Heartbeat(node, "a node", Set.of(address), false));
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private Future<None> done(Peer peer) {
        chosen.add(peer.heartbeat().node());
        return Future.succeededFuture(None.NONE);
    }

    private static Future<None> nobody() {
        return Future.failedFuture(new ReplyException(ReplyFailure.NO_HANDLERS));
    }

    private static Problem.Kind kind(Future<?> reply) {
        assertThat(reply.cause()).isInstanceOf(Problem.class);
        return ((Problem) reply.cause()).kind();
    }
}
