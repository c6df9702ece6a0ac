package io.parley.gateway.streams;

import io.parley.contracts.changes.Changes;
import io.parley.contracts.changes.Changes.ChangesSince;
import io.parley.contracts.changes.Changes.Since;
import io.parley.contracts.changes.Changes.Watch;
import io.parley.contracts.changes.Changes.WatchResult;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests new changes from the changes module several times per second: one request for all followers, and none if there
 * are no followers. It depends on no notification, so it also sees what other nodes and commands have changed. For one event
 * loop only.
 */
public final class ChangeFeed {
    private static final Logger log = LoggerFactory.getLogger(ChangeFeed.class);

    /** Somebody who wants to hear of the changes of one user. */
    public interface Follower {
        /** From where on. */
        Watch watch();

        /** Whether it can receive more. */
        boolean isReady();

        /** Called several times per second, also if it is not ready. */
        void check();

        /** What has changed since its position, which may be nothing. */
        void receive(WatchResult result);

        /** There is nothing to come: this node shuts down. */
        void close();
    }

    private static final long TICK_MILLIS = 250;
    private static final long LOG_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Bus bus;
    private final ChangeEventReader eventReader;
    private final Set<Follower> followers = new HashSet<>();
    private boolean isAsking;
    private long loggedAt = System.nanoTime() - LOG_INTERVAL_NANOS;

    public ChangeFeed(Bus bus) {
        this.bus = bus;
        this.eventReader = new ChangeEventReader(bus);
    }

    /** Runs while the calling verticle is deployed. */
    public void open(Vertx vertx) {
        vertx.setPeriodic(TICK_MILLIS, tick -> tick());
    }

    public Bus bus() {
        return bus;
    }

    ChangeEventReader eventReader() {
        return eventReader;
    }

    public void add(Follower follower) {
        followers.add(follower);
    }

    public void remove(Follower follower) {
        followers.remove(follower);
    }

    private void tick() {
        List.copyOf(followers).forEach(Follower::check);
        var ready = followers.stream().filter(Follower::isReady).toList();
        if (isAsking || ready.isEmpty()) return;
        isAsking = true;
        ask(ready)
                .onSuccess(changes -> deliver(ready, changes))
                .onFailure(this::logFailure)
                .onComplete(done -> isAsking = false);
    }

    /** Asks for the changes of some followers at once. */
    public Future<ChangesSince> ask(List<? extends Follower> ready) {
        return bus.ask(
                Changes.SINCE, new Since(ready.stream().map(Follower::watch).toList()));
    }

    private static void deliver(List<Follower> ready, ChangesSince changes) {
        for (int i = 0; i < ready.size(); i++)
            ready.get(i).receive(changes.results().get(i));
    }

    // While a module is unavailable this fails on every tick and for every stream.
    public void logFailure(Throwable failure) {
        if (System.nanoTime() - loggedAt < LOG_INTERVAL_NANOS) return;
        loggedAt = System.nanoTime();
        log.warn("Change events delayed: {}", failure.getMessage());
    }

    /** Ends all streams; their clients reconnect to another node. */
    public void close() {
        List.copyOf(followers).forEach(Follower::close);
    }
}
