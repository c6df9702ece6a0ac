package io.parley.gateway.streams;

import io.parley.contracts.changes.Changes;
import io.parley.contracts.changes.Changes.ChangesSince;
import io.parley.contracts.changes.Changes.Since;
import io.parley.gateway.http.HttpError;
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
 * Asks every moment what has changed, once for all that follow, and not at all while nobody does. No notice has to arrive
 * for that: what another node did, or a command, is found as what was done here. For one event loop only.
 */
public final class ChangeFeed {
    private static final Logger log = LoggerFactory.getLogger(ChangeFeed.class);
    private static final long TICK_MILLIS = 250;
    private static final long MENTIONED_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Each costs a look every moment; a browser opens six connections to a server at most (RFC 9112, 9.4). */
    public static final int MOST_OF_A_USER = 32;

    private final Bus bus;
    private final Set<ChangeFollower> followers = new HashSet<>();
    private boolean isAsking;
    private long mentionedAt = System.nanoTime() - MENTIONED_NANOS;

    public ChangeFeed(Bus bus) {
        this.bus = bus;
    }

    /** For as long as the calling verticle is deployed. */
    public void open(Vertx vertx) {
        vertx.setPeriodic(TICK_MILLIS, tick -> tick());
    }

    public Bus bus() {
        return bus;
    }

    Future<ChangesSince> ask(List<ChangeFollower> asking) {
        return bus.ask(
                Changes.SINCE,
                new Since(asking.stream().map(ChangeFollower::watch).toList()));
    }

    /** Fails with a refusal where this user follows in many places already. */
    void add(ChangeFollower follower) {
        long others = followers.stream()
                .filter(each -> each.userId().equals(follower.userId()))
                .count();
        if (others == MOST_OF_A_USER) throw HttpError.tooMany(MOST_OF_A_USER);
        followers.add(follower);
    }

    void remove(ChangeFollower follower) {
        followers.remove(follower);
    }

    private void tick() {
        List.copyOf(followers).forEach(ChangeFollower::check);
        var asking = followers.stream().filter(ChangeFollower::isReady).toList();
        if (isAsking || asking.isEmpty()) return;
        isAsking = true;
        ask(asking)
                .onSuccess(news -> tell(asking, news))
                .onFailure(this::mention)
                .onComplete(asked -> isAsking = false);
    }

    // While something is away that is so again and again, for everybody.
    void mention(Throwable failure) {
        if (System.nanoTime() - mentionedAt < MENTIONED_NANOS) return;
        mentionedAt = System.nanoTime();
        log.warn("What has changed is told later: {}", failure.getMessage());
    }

    private static void tell(List<ChangeFollower> asking, ChangesSince news) {
        for (int at = 0; at < asking.size(); at++)
            asking.get(at).hear(news.results().get(at), news.now());
    }

    /** Ends all that is followed: their clients come back elsewhere. */
    public void close() {
        List.copyOf(followers).forEach(ChangeFollower::close);
    }
}
