package io.parley.gateway.streams;

import io.parley.contracts.changes.ChangePosition;
import io.parley.contracts.changes.Changes.ChangesSince;
import io.parley.contracts.changes.Changes.Watch;
import io.parley.contracts.changes.Changes.WatchResult;
import io.parley.kernel.async.Futures;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Delivers changes to one client, at the client's pace. What the client cannot take yet stays in the database, so a slow
 * client needs no memory here.
 */
final class ChangeFollower implements ChangeFeed.Follower {
    private static final long MAX_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ChangeFeed feed;
    private final StreamSession session;
    private final SseWriter writer;
    private @Nullable ChangePosition position;
    private @Nullable ChangeBatch stalled;
    private @Nullable ChangeEvent held;
    private Promise<Void> drained = Promise.promise();
    private long positionSentAt;
    private boolean isBusy;

    /** @param position after which to start; null starts with the changes from now on */
    ChangeFollower(ChangeFeed feed, StreamSession session, SseWriter writer, @Nullable ChangePosition position) {
        this.feed = feed;
        this.session = session;
        this.writer = writer;
        this.position = position;
    }

    /** Delivers what the client has missed, then everything that changes after the answer has begun. */
    void open() {
        feed.add(this);
        isBusy = true;
        feed.ask(List.of(this)).onSuccess(this::begin).onFailure(this::end);
    }

    private void begin(ChangesSince changes) {
        isBusy = false;
        var result = changes.results().get(0);
        if (position == null) sendPosition(result.now());
        else writer.begin();
        receive(result);
    }

    @Override
    public void close() {
        end(null);
    }

    private void end(@Nullable Throwable failure) {
        feed.remove(this);
        writer.end(failure);
    }

    UUID userId() {
        return session.caller().userId();
    }

    @Override
    public Watch watch() {
        return new Watch(userId(), position);
    }

    @Override
    public boolean isReady() {
        return !isBusy && writer.isReady();
    }

    /** Ends the stream if its session is over; otherwise retries a batch that could not be read. */
    @Override
    public void check() {
        if (session.isOver()) close();
        else if (stalled != null) deliver(stalled);
    }

    @Override
    public void receive(WatchResult result) {
        if (result.isIncomplete()) sendReload(result.now());
        else if (!result.changes().isEmpty()) deliver(ChangeBatch.of(result.changes(), result.now()));
        else if (System.nanoTime() - positionSentAt > MAX_SILENCE_NANOS) sendPosition(result.now());
        else position = result.now();
    }

    private void sendReload(ChangePosition now) {
        moveTo(now);
        writer.event(now.text(), "reload", "{}");
    }

    // Also shows the client and the proxies between that the connection is alive.
    private void sendPosition(ChangePosition now) {
        moveTo(now);
        writer.lastEventId(now.text());
    }

    private void deliver(ChangeBatch batch) {
        isBusy = true;
        stalled = null;
        Futures.loop(() -> deliverNext(batch))
                .onSuccess(delivered -> finish(batch))
                .onFailure(failure -> {
                    stalled = batch;
                    feed.logFailure(failure);
                });
    }

    // One at a time, because a message may be large, and as fast as the client reads.
    private Future<Boolean> deliverNext(ChangeBatch batch) {
        var change = batch.waiting().peek();
        if (change == null) return Future.succeededFuture(false);
        return whenReady()
                .compose(ready -> feed.eventReader().read(session.caller(), change))
                .map(event -> {
                    batch.waiting().remove();
                    event.ifPresent(this::hold);
                    return true;
                });
    }

    private Future<Void> whenReady() {
        if (writer.isReady()) return Future.succeededFuture();
        drained = Promise.promise();
        return drained.future();
    }

    /** Call this when the client can receive more. */
    void resume() {
        drained.tryComplete();
    }

    // Only the last event of a batch has the new position: a client that is cut off earlier receives the batch again.
    private void hold(ChangeEvent event) {
        if (held != null) writer.event(null, held.type(), held.data());
        held = event;
    }

    private void finish(ChangeBatch batch) {
        isBusy = false;
        position = batch.end();
        if (held == null) return;
        moveTo(batch.end());
        writer.event(batch.end().text(), held.type(), held.data());
        held = null;
    }

    private void moveTo(ChangePosition now) {
        position = now;
        positionSentAt = System.nanoTime();
    }
}
