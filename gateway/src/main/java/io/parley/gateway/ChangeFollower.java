package io.parley.gateway;

import io.parley.contracts.changes.Change;
import io.parley.contracts.changes.Change.Kind;
import io.parley.contracts.changes.Changes.Found;
import io.parley.contracts.changes.Changes.Watch;
import io.parley.contracts.changes.Place;
import io.parley.kernel.Steps;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's way along the changes. What it cannot take yet stays where it is stored; so nothing waits in memory here.
 */
final class ChangeFollower {
    private static final Logger log = LoggerFactory.getLogger(ChangeFollower.class);
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ChangeFeed feed;
    private final ChangeEvents events;
    private final Visit visit;
    private final EventWriter writer;
    private @Nullable Place place;
    private long wroteAt;
    private @Nullable ChangeEvent held;
    private Promise<Void> drained = Promise.promise();
    private boolean isTelling;
    private boolean isClosed;

    /** @param place behind which it goes on; null for now */
    ChangeFollower(ChangeFeed feed, ChangeEvents events, Visit visit, EventWriter writer, @Nullable Place place) {
        this.feed = feed;
        this.events = events;
        this.visit = visit;
        this.writer = writer;
        this.place = place;
    }

    /** Whatever changes once the answer has begun is told, behind what it missed before. */
    void open() {
        feed.ask(List.of(this))
                .onSuccess(news -> {
                    if (isClosed) return;
                    feed.add(this);
                    if (place == null) mark(news.now());
                    hear(news.found().get(0), news.now());
                })
                .onFailure(writer::end);
    }

    void close() {
        isClosed = true;
        feed.remove(this);
        writer.end(null);
    }

    /** Ends it where its token would be refused by now. */
    void check() {
        if (visit.isOver()) close();
    }

    boolean isReady() {
        return !isTelling && writer.isReady();
    }

    Watch watch() {
        return new Watch(visit.caller().userId(), place);
    }

    void hear(Found found, Place now) {
        if (found.isLost()) reload(now);
        else if (!found.changes().isEmpty()) tell(latest(found.changes()), now);
        else if (System.nanoTime() - wroteAt > QUIET_NANOS) mark(now);
        else place = now;
    }

    private void reload(Place now) {
        arrive(now);
        writer.event(now.text(), "reload", "{}");
    }

    // So that a client which comes back after a long silence has not missed it.
    private void mark(Place now) {
        arrive(now);
        writer.place(now.text());
    }

    private void tell(Collection<Change> changes, Place now) {
        isTelling = true;
        var waiting = new ArrayDeque<>(changes);
        Steps.whileTrue(() -> tellOne(waiting))
                .onSuccess(told -> finish(now))
                .onFailure(failure -> log.warn("What has changed is told later: {}", failure.getMessage()))
                .onComplete(told -> {
                    held = null;
                    isTelling = false;
                });
    }

    // One at a time, for a message may be large, and as fast as the client takes them.
    private Future<Boolean> tellOne(Queue<Change> waiting) {
        var change = waiting.poll();
        if (change == null) return Future.succeededFuture(false);
        return ready().compose(ready -> events.read(visit.caller(), change)).map(read -> {
            read.ifPresent(this::hold);
            return true;
        });
    }

    private Future<Void> ready() {
        if (writer.isReady()) return Future.succeededFuture();
        drained = Promise.promise();
        return drained.future();
    }

    /** The client takes more. */
    void resume() {
        drained.tryComplete();
    }

    // Only the last says where to go on: a client that is cut off before it is told all of them again.
    private void hold(ChangeEvent event) {
        if (held != null) writer.event(null, held.type(), held.data());
        held = event;
    }

    private void finish(Place now) {
        if (held == null) place = now;
        else {
            arrive(now);
            writer.event(now.text(), held.type(), held.data());
        }
    }

    // An event carries what is there by now: of several changes to one thing one is enough.
    private static Collection<Change> latest(List<Change> changes) {
        var latest = new LinkedHashMap<UUID, Change>();
        for (var change : changes) {
            var before = latest.remove(change.id());
            boolean isStillNew = before != null && before.kind() == Kind.CREATED && change.kind() == Kind.UPDATED;
            latest.put(change.id(), isStillNew ? before : change);
        }
        return latest.values();
    }

    private void arrive(Place now) {
        place = now;
        wroteAt = System.nanoTime();
    }
}
