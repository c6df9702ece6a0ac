package io.parley.kernel.cluster;

import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The other nodes of a cluster. A node whose heartbeats stop is evicted, and the requests it did not answer fail. */
public final class Peers {
    private static final Logger log = LoggerFactory.getLogger(Peers.class);

    /** Between two heartbeats. */
    public static final Duration BEAT = Duration.ofMillis(250);

    // After some missed heartbeats other nodes are preferred, and only much later the node is evicted: a pause for
    // garbage collection should not fail the requests that it still answers.
    private static final Duration FRESH = BEAT.multipliedBy(4);
    private static final Duration EVICTED = BEAT.multipliedBy(12);

    private final Map<UUID, Peer> known = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** @param nanoTime such as {@link System#nanoTime} */
    Peers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void receive(Heartbeat heartbeat) {
        known.computeIfAbsent(heartbeat.node(), node -> added(heartbeat)).receive(heartbeat);
    }

    /** How many there are. */
    public int size() {
        return known.size();
    }

    private Peer added(Heartbeat first) {
        log.info("{} has joined the cluster", first.name());
        return new Peer(first, nanoTime);
    }

    /** Asks a peer that answers this address; fails unavailable if there is none. */
    public <R> Future<R> ask(String address, Function<Peer, Future<R>> request) {
        return ask(address, request, new HashSet<>());
    }

    // A peer without a handler has done nothing, so any request can go to the next peer.
    private <R> Future<R> ask(String address, Function<Peer, Future<R>> request, Set<UUID> tried) {
        var peer = answering(address, tried);
        if (peer.isEmpty()) return Future.failedFuture(Problem.unavailable());
        return request.apply(peer.get())
                .recover(failure -> hasNoHandler(failure)
                                && tried.add(peer.get().heartbeat().node())
                        ? ask(address, request, tried)
                        : Future.failedFuture(failure));
    }

    /** Whether nobody handles requests at the address. */
    public static boolean hasNoHandler(Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    }

    private Optional<Peer> answering(String address, Set<UUID> except) {
        var able = answeringAt(address)
                .filter(peer -> !except.contains(peer.heartbeat().node()))
                .toList();
        var fresh = able.stream().filter(peer -> !peer.isSilentFor(FRESH)).toList();
        return random(fresh.isEmpty() ? able : fresh);
    }

    /** All that answer this address and have been heard from recently. */
    public List<Peer> answering(String address) {
        return answeringAt(address).filter(peer -> !peer.isSilentFor(FRESH)).toList();
    }

    private Stream<Peer> answeringAt(String address) {
        return known.values().stream().filter(peer -> peer.heartbeat().answersAt(address));
    }

    private static Optional<Peer> random(List<Peer> peers) {
        return peers.isEmpty()
                ? Optional.empty()
                : Optional.of(peers.get(ThreadLocalRandom.current().nextInt(peers.size())));
    }

    /** Evicts the peers whose heartbeats stopped long ago. */
    public void sweep() {
        known.values().removeIf(peer -> peer.isSilentFor(EVICTED) && evict(peer));
    }

    private static boolean evict(Peer peer) {
        var name = peer.heartbeat().name();
        if (peer.heartbeat().leaving()) log.info("{} has left the cluster", name);
        else log.warn("{} sends no heartbeats: it is evicted, and its unanswered requests fail", name);
        peer.evict();
        return true;
    }
}
