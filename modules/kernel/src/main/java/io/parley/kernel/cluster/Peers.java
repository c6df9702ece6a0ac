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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The other nodes of a cluster. One that falls silent is given up, and with it what it has been asked. */
public final class Peers {
    private static final Logger log = LoggerFactory.getLogger(Peers.class);

    /** Between two signs of life. */
    public static final Duration BEAT = Duration.ofMillis(250);

    // A node that has missed some beats is asked no more where another one will do, and only later given up: a pause
    // for garbage should not fail what is on its way there.
    private static final Duration FRESH = BEAT.multipliedBy(4);
    private static final Duration GIVEN_UP = BEAT.multipliedBy(12);

    private final Map<UUID, Peer> known = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** @param nanoTime as {@link System#nanoTime} tells it */
    public Peers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    public void hear(Heartbeat presence) {
        known.computeIfAbsent(presence.node(), node -> met(presence)).heard(presence);
    }

    private Peer met(Heartbeat presence) {
        log.info("{} is there", presence.name());
        return new Peer(presence, nanoTime);
    }

    /** What one of them replies who answer there; fails unavailable where nobody does. */
    public <R> Future<R> ask(String address, Function<Peer, Future<R>> question) {
        return ask(address, question, new HashSet<>());
    }

    // Where nobody is, nothing was done: whatever the question is, it can be put to the next one.
    private <R> Future<R> ask(String address, Function<Peer, Future<R>> question, Set<UUID> tried) {
        var neighbour = answering(address, tried);
        if (neighbour.isEmpty()) return Future.failedFuture(Problem.unavailable());
        return question.apply(neighbour.get())
                .recover(failure -> isNobody(failure)
                                && tried.add(neighbour.get().presence().node())
                        ? ask(address, question, tried)
                        : Future.failedFuture(failure));
    }

    public static boolean isNobody(Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    }

    private Optional<Peer> answering(String address, Set<UUID> except) {
        var able = known.values().stream()
                .filter(each -> each.presence().answersAt(address)
                        && !except.contains(each.presence().node()))
                .toList();
        var fresh = able.stream().filter(each -> !each.isSilentFor(FRESH)).toList();
        return any(fresh.isEmpty() ? able : fresh);
    }

    private static Optional<Peer> any(List<Peer> neighbours) {
        return neighbours.isEmpty()
                ? Optional.empty()
                : Optional.of(neighbours.get(ThreadLocalRandom.current().nextInt(neighbours.size())));
    }

    /** Gives up those that have been silent for long. */
    public void sweep() {
        known.values().removeIf(each -> each.isSilentFor(GIVEN_UP) && giveUp(each));
    }

    private static boolean giveUp(Peer neighbour) {
        var name = neighbour.presence().name();
        if (neighbour.presence().leaving()) log.info("{} has left", name);
        else log.warn("{} is silent: what it was asked is given up", name);
        neighbour.lose();
        return true;
    }
}
