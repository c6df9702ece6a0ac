package io.parley.kernel.cluster;

import io.parley.kernel.Ids;
import io.vertx.core.Future;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** This node of a cluster: what it reports to its peers, and the requests that they forwarded to it. */
public final class ClusterNode {
    private final UUID id = Ids.next();
    private final Peers peers = new Peers(System::nanoTime);
    private final InFlightCounter forwarded = new InFlightCounter();
    private volatile boolean leaving;

    public UUID id() {
        return id;
    }

    public Peers peers() {
        return peers;
    }

    /** @param addresses that this node answers */
    public Heartbeat heartbeat(String name, Set<String> addresses) {
        return new Heartbeat(id, name, Set.copyOf(addresses), leaving);
    }

    /** Every node receives its own heartbeats, too. */
    public void receive(Heartbeat heartbeat) {
        if (!heartbeat.node().equals(id)) peers.receive(heartbeat);
    }

    /** Counts the request until it is answered; what it throws counts as its failure. */
    public <R> Future<R> inFlight(Supplier<Future<R>> request) {
        forwarded.begin();
        return Future.succeededFuture().compose(none -> request.get()).onComplete(answered -> forwarded.end());
    }

    /** Says so from the next heartbeat on; succeeds when no forwarded request is in flight. */
    public Future<Void> leave() {
        leaving = true;
        return forwarded.none();
    }
}
