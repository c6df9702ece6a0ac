package io.parley.webhooks.delivery;

import io.parley.contracts.users.User;
import io.parley.contracts.users.Users;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers to one webhook some of what is due, under its lease. */
public final class Session {
    private static final Logger log = LoggerFactory.getLogger(Session.class);

    /** In a lease: with the time limit of a request and so many at once, they take less than it. */
    private static final int MOST_DELIVERIES = 2 * Batch.AT_ONCE;

    /** For as long as the account is deactivated, or its secret cannot be read. */
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final Bus bus;
    private final QueueStore queue;
    private final SigningSecrets signing;
    private final Sender sender;
    private final Outcomes outcomes;
    private final Clock clock;
    private volatile boolean isStopped;

    public Session(Bus bus, Database database, SigningSecrets signing, Sender sender, Clock clock) {
        this.bus = bus;
        this.queue = new QueueStore(database);
        this.signing = signing;
        this.sender = sender;
        this.outcomes = new Outcomes(bus, database, clock);
        this.clock = clock;
    }

    /** From now on, requests that are broken off count as none. */
    void stop() {
        isStopped = true;
    }

    /** Never fails. */
    Future<Void> run(WaitingWebhook waiting) {
        return queue.claim(waiting.place(), clock.instant())
                .compose(claimed -> claimed.map(this::deliver).orElseGet(Future::succeededFuture))
                .recover(failure -> {
                    log.warn(
                            "Webhook {} was left for later: {}", waiting.place().id(), failure.getMessage());
                    return Future.succeededFuture();
                });
    }

    private Future<Void> deliver(ClaimedWebhook webhook) {
        return secretsIfActive(webhook)
                .compose(secrets -> secrets.isEmpty()
                        ? queue.postpone(webhook, clock.instant().plus(PAUSE))
                        : deliver(webhook, secrets));
    }

    /** Empty if nothing may be sent now. */
    private Future<List<Secret>> secretsIfActive(ClaimedWebhook webhook) {
        return isActive(webhook.place().userId())
                .compose(active -> active ? secrets(webhook) : Future.succeededFuture(List.of()))
                .recover(failure ->
                        isUnreadable(failure) ? Future.succeededFuture(List.of()) : Future.failedFuture(failure));
    }

    private Future<Boolean> isActive(UUID userId) {
        return bus.ask(Users.FIND, new Users.Find(new Caller(userId, Caller.Role.USER)))
                .map(User::isActive);
    }

    private Future<List<Secret>> secrets(ClaimedWebhook webhook) {
        return Future.all(webhook.ciphertexts().stream()
                        .map(ciphertext -> signing.decrypt(webhook.place(), ciphertext))
                        .toList())
                .map(all -> all.<Secret>list());
    }

    private static boolean isUnreadable(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Problem.Kind.CONFLICT;
    }

    private Future<Void> deliver(ClaimedWebhook webhook, List<Secret> secrets) {
        return queue.due(webhook.place(), clock.instant(), MOST_DELIVERIES)
                .compose(due -> new Batch(webhook, secrets, due, sender, outcomes, () -> isStopped).deliver())
                .compose(delivered -> queue.release(webhook));
    }
}
