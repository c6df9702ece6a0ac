package io.parley.webhooks.delivery;

import io.parley.contracts.users.StoredSecrets.Place;
import io.parley.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for webhooks that something is due for, and delivers to many at once, each on its own, so that none waits for another. Every node
 * may run one. A user gets a few of the places, and webhooks whose last attempt failed half of them.
 */
public final class Dispatcher {
    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private static final int MOST = 128;
    private static final int MOST_FAILING = MOST / 2;
    private static final int MOST_OF_A_USER = 4;

    /** Calls that do nothing after the database could not be read. */
    private static final int PAUSE = 20;

    private final QueueStore queue;
    private final Session session;
    private final Clock clock;
    private final Map<Place, Boolean> running = new HashMap<>();
    private final Map<UUID, Integer> users = new HashMap<>();
    private final Promise<Void> idle = Promise.promise();
    private boolean isLooking;
    private int toSkip;
    private boolean isStopped;

    public Dispatcher(Database database, Session session, Clock clock) {
        this.queue = new QueueStore(database);
        this.session = session;
        this.clock = clock;
    }

    /** Starts what is due and has a place. Call it often: it does nothing while it is still looking, or has no place. */
    public void look() {
        int free = MOST - running.size();
        if (isLooking || isStopped || free <= 0 || toSkip-- > 0) return;
        toSkip = 0;
        isLooking = true;
        queue.waiting(clock.instant(), fullUsers(), mayTakeFailing(), free)
                .onSuccess(found -> found.forEach(this::begin))
                .onFailure(this::pause)
                .onComplete(done -> isLooking = false);
    }

    private void pause(Throwable failure) {
        toSkip = PAUSE;
        log.warn("Webhooks could not be read: {}", failure.getMessage());
    }

    private List<UUID> fullUsers() {
        return users.entrySet().stream()
                .filter(user -> user.getValue() >= MOST_OF_A_USER)
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean mayTakeFailing() {
        return running.values().stream().filter(isFailing -> isFailing).count() < MOST_FAILING;
    }

    private void begin(WaitingWebhook webhook) {
        var place = webhook.place();
        boolean hasPlace =
                users.getOrDefault(place.userId(), 0) < MOST_OF_A_USER && (!webhook.isFailing() || mayTakeFailing());
        if (isStopped || !hasPlace || running.putIfAbsent(place, webhook.isFailing()) != null) return;
        users.merge(place.userId(), 1, Integer::sum);
        session.run(webhook).onComplete(done -> end(place));
    }

    private void end(Place place) {
        running.remove(place);
        users.computeIfPresent(place.userId(), (user, number) -> number == 1 ? null : number - 1);
        if (isStopped && running.isEmpty()) idle.tryComplete();
        look();
    }

    /** Starts nothing any more. Completes when what has begun has ended; break the requests off meanwhile. */
    public Future<Void> stop() {
        isStopped = true;
        session.stop();
        if (running.isEmpty()) idle.tryComplete();
        return idle.future();
    }
}
