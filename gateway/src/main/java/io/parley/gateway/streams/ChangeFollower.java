package io.parley.gateway.streams;

import io.parley.contracts.changes.Change;
import io.parley.contracts.changes.Change.Kind;
import io.parley.contracts.changes.ChangePosition;
import io.parley.contracts.changes.Changes.ChangesSince;
import io.parley.contracts.changes.Changes.Watch;
import io.parley.contracts.changes.Changes.WatchResult;
import io.parley.kernel.Futures;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client's way along the changes. What it cannot take yet stays where it is stored; so nothing waits in memory here.
 */
final class ChangeFollower {
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** @param end where the client is once it has been told all of them */
    private record Batch(Queue<Change> waiting, ChangePosition end) {}

    private final ChangeFeed feed;
    private final ChangeEvents events;
    private final StreamSession visit;
    private final SseWriter writer;
    private @Nullable ChangePosition place;
    private @Nullable Batch stalled;
    private @Nullable ChangeEvent held;
    private Promise<Void> drained = Promise.promise();
    private long wroteAt;
    private boolean isBusy;

    /** @param place behind which it goes on; null for now */
    ChangeFollower(
            ChangeFeed feed,
            ChangeEvents events,
            StreamSession visit,
            SseWriter writer,
            @Nullable ChangePosition place) {
        this.feed = feed;
        this.events = events;
        this.visit = visit;
        this.writer = writer;
        this.place = place;
    }

    /** Whatever changes once the answer has begun is told, behind what it missed before. */
    void open() {
        feed.add(this);
        isBusy = true;
        feed.ask(List.of(this)).onSuccess(this::begin).onFailure(this::end);
    }

    private void begin(ChangesSince news) {
        isBusy = false;
        if (place == null) mark(news.now());
        else writer.begin();
        hear(news.results().get(0), news.now());
    }

    void close() {
        end(null);
    }

    private void end(@Nullable Throwable failure) {
        feed.remove(this);
        writer.end(failure);
    }

    UUID userId() {
        return visit.caller().userId();
    }

    Watch watch() {
        return new Watch(userId(), place);
    }

    /** Whether it can hear more. */
    boolean isReady() {
        return !isBusy && writer.isReady();
    }

    /** Ends it where its token would be refused by now; goes on where something could not be read before. */
    void check() {
        if (visit.isOver()) close();
        else if (stalled != null) tell(stalled);
    }

    void hear(WatchResult found, ChangePosition now) {
        if (found.isIncomplete()) reload(now);
        else if (!found.changes().isEmpty()) tell(new Batch(latest(found.changes()), now));
        else if (System.nanoTime() - wroteAt > QUIET_NANOS) mark(now);
        else place = now;
    }

    private void reload(ChangePosition now) {
        arrive(now);
        writer.event(now.text(), "reload", "{}");
    }

    // So that a client which comes back after a long silence has not missed it.
    private void mark(ChangePosition now) {
        arrive(now);
        writer.place(now.text());
    }

    // An event carries what is there by now: of several changes to one thing one is enough.
    private static Queue<Change> latest(List<Change> changes) {
        var latest = new LinkedHashMap<UUID, Change>();
        for (var change : changes) {
            var before = latest.remove(change.id());
            boolean isStillNew = before != null && before.kind() == Kind.CREATED && change.kind() == Kind.UPDATED;
            latest.put(change.id(), isStillNew ? before : change);
        }
        return new ArrayDeque<>(latest.values());
    }

    private void tell(Batch batch) {
        isBusy = true;
        stalled = null;
        Futures.whileTrue(() -> tellOne(batch.waiting()))
                .onSuccess(told -> finish(batch.end()))
                .onFailure(failure -> {
                    stalled = batch;
                    feed.mention(failure);
                });
    }

    // One at a time, for a message may be large, and as fast as the client takes them.
    private Future<Boolean> tellOne(Queue<Change> waiting) {
        var change = waiting.peek();
        if (change == null) return Future.succeededFuture(false);
        return ready().compose(ready -> events.read(visit.caller(), change)).map(read -> {
            waiting.remove();
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

    private void finish(ChangePosition end) {
        isBusy = false;
        place = end;
        if (held == null) return;
        arrive(end);
        writer.event(end.text(), held.type(), held.data());
        held = null;
    }

    private void arrive(ChangePosition now) {
        place = now;
        wroteAt = System.nanoTime();
    }
}
