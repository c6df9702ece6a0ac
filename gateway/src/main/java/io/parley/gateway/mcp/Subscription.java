package io.parley.gateway.mcp;

import io.parley.contracts.changes.Change;
import io.parley.contracts.changes.Change.Kind;
import io.parley.contracts.changes.ChangePosition;
import io.parley.contracts.changes.Changes.ChangesSince;
import io.parley.contracts.changes.Changes.Watch;
import io.parley.contracts.changes.Changes.WatchResult;
import io.parley.contracts.messages.Messages;
import io.parley.gateway.streams.ChangeFeed;
import io.parley.gateway.streams.SseWriter;
import io.parley.gateway.streams.StreamSession;
import io.parley.kernel.Problem;
import io.parley.kernel.access.Scope;
import io.parley.kernel.async.Futures;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Says which resources of a user have changed, at the client's pace. What the client cannot take yet stays in the database. A client that
 * has missed changes reads again what it depends on, so nothing is repeated.
 */
final class Subscription implements ChangeFeed.Follower {
    private static final long MAX_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final ChangeFeed feed;
    private final StreamSession session;
    private final SseWriter writer;
    private final SubscriptionFrames frames;
    private final SubscriptionFilter filter;
    private @Nullable ChangePosition position;
    private long sentAt;
    private boolean isBusy;

    /** What is to be said of some changes, each thing once. */
    private static final class Notices {
        private final Set<String> uris = new LinkedHashSet<>();
        private boolean hasOtherResources;
    }

    Subscription(
            ChangeFeed feed,
            StreamSession session,
            SseWriter writer,
            SubscriptionFrames frames,
            SubscriptionFilter filter) {
        this.feed = feed;
        this.session = session;
        this.writer = writer;
        this.frames = frames;
        this.filter = filter;
    }

    /** Acknowledges once it is known from where on changes are said. */
    void open() {
        isBusy = true;
        feed.add(this);
        feed.ask(List.of(this)).onSuccess(this::begin).onFailure(failure -> {
            feed.remove(this);
            writer.end(failure);
        });
    }

    private void begin(ChangesSince changes) {
        position = changes.results().get(0).now();
        send(frames.acknowledgement(filter));
        isBusy = false;
    }

    /** The client has gone. */
    void abandon() {
        feed.remove(this);
        writer.end(null);
    }

    @Override
    public void close() {
        feed.remove(this);
        // A stream that has not begun is answered as unavailable.
        if (position == null) {
            writer.end(Problem.unavailable());
            return;
        }
        writer.data(frames.end());
        writer.end(null);
    }

    @Override
    public Watch watch() {
        return new Watch(session.caller().userId(), position);
    }

    @Override
    public boolean isReady() {
        return !isBusy && writer.isReady();
    }

    @Override
    public void check() {
        if (session.isOver()) close();
    }

    @Override
    public void receive(WatchResult result) {
        if (result.isIncomplete()) say(everything(), result.now());
        else if (!result.changes().isEmpty()) read(result);
        else {
            position = result.now();
            keepAlive();
        }
    }

    private Notices everything() {
        var notices = new Notices();
        notices.uris.addAll(filter.uris().keySet());
        notices.hasOtherResources = true;
        return notices;
    }

    // If a message cannot be read now, the same changes come again.
    private void read(WatchResult result) {
        isBusy = true;
        var notices = new Notices();
        var changes = new ArrayDeque<>(result.changes());
        Futures.loop(() -> changes.isEmpty()
                        ? Future.succeededFuture(false)
                        : note(changes.remove(), notices).map(true))
                .onSuccess(read -> say(notices, result.now()))
                .onFailure(feed::logFailure)
                .onComplete(done -> isBusy = false);
    }

    private Future<Void> note(Change change, Notices notices) {
        switch (change.resource()) {
            case TASK -> note(change, Resources.TASK, Scope.TASKS_READ, notices);
            case CONVERSATION -> note(change, Resources.CONVERSATION, Scope.CONVERSATIONS_READ, notices);
            case MESSAGE -> {
                return noteMessage(change, notices);
            }
            case TURN -> {}
        }
        return Future.succeededFuture();
    }

    private void note(Change change, String scheme, Scope scope, Notices notices) {
        if (!session.caller().may(scope)) return;
        notices.uris.add(scheme + change.id());
        if (change.kind() != Kind.UPDATED) notices.hasOtherResources = true;
    }

    private Future<Void> noteMessage(Change change, Notices notices) {
        if (!filter.hasConversations()) return Future.succeededFuture();
        return conversation(change).map(found -> {
            // The conversation of a deleted message is not known, so every subscribed conversation may have changed.
            if (found.isPresent()) notices.uris.add(Resources.CONVERSATION + found.get());
            else
                notices.uris.addAll(filter.uris().keySet().stream()
                        .filter(uri -> uri.startsWith(Resources.CONVERSATION))
                        .toList());
            return null;
        });
    }

    private Future<Optional<UUID>> conversation(Change change) {
        if (change.kind() == Kind.DELETED) return Future.succeededFuture(Optional.empty());
        return feed.bus()
                .ask(Messages.FIND, new Messages.Find(session.caller(), change.id()))
                .map(message -> Optional.of(message.conversationId()))
                .recover(failure -> Problem.isTransient(failure)
                        ? Future.failedFuture(failure)
                        : Future.succeededFuture(Optional.empty()));
    }

    private void say(Notices notices, ChangePosition now) {
        position = now;
        for (var uri : notices.uris) {
            var wanted = filter.uris().get(uri);
            if (wanted != null) send(frames.updated(wanted));
        }
        if (filter.lists() && notices.hasOtherResources) send(frames.listChanged());
        keepAlive();
    }

    private void send(String frame) {
        sentAt = System.nanoTime();
        writer.data(frame);
    }

    private void keepAlive() {
        if (System.nanoTime() - sentAt < MAX_SILENCE_NANOS) return;
        sentAt = System.nanoTime();
        writer.keepAlive();
    }
}
