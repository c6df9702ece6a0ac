package io.parley.webhooks.delivery;

import io.parley.contracts.users.Mails;
import io.parley.contracts.users.StoredSecrets.Place;
import io.parley.contracts.webhooks.Webhook.DisabledReason;
import io.parley.kernel.Bus;
import io.parley.storage.Database;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows from the outcome of an attempt: another one, the end, or a webhook that is switched off. */
final class Outcomes {
    private static final Logger log = LoggerFactory.getLogger(Outcomes.class);

    private final Bus bus;
    private final AttemptStore store;
    private final Clock clock;

    Outcomes(Bus bus, Database database, Clock clock) {
        this.bus = bus;
        this.store = new AttemptStore(database);
        this.clock = clock;
    }

    /** @param wasFailing whether the attempt before failed */
    Future<Void> record(Place webhook, Delivery delivery, Outcome outcome, boolean wasFailing) {
        var now = clock.instant();
        if (outcome.isDelivered())
            return store.close(webhook, delivery, outcome, now)
                    .compose(closed -> wasFailing ? store.noteSuccess(webhook) : Future.succeededFuture());
        if (outcome.isGone())
            return store.close(webhook, delivery, outcome, now)
                    .compose(closed -> switchOff(webhook, DisabledReason.GONE));
        return retry(webhook, delivery, outcome, now)
                .compose(recorded -> store.noteFailure(webhook, now))
                .compose(since -> since.filter(at -> isTooLong(at, now))
                        .map(at -> switchOff(webhook, DisabledReason.FAILURES))
                        .orElseGet(Future::succeededFuture));
    }

    private Future<Void> retry(Place webhook, Delivery delivery, Outcome outcome, Instant now) {
        return RetryTimes.after(delivery.attempts() + 1)
                .map(wait -> store.retry(webhook, delivery, outcome, now, now.plus(wait)))
                .orElseGet(() -> store.close(webhook, delivery, outcome, now));
    }

    private static boolean isTooLong(Instant failingSince, Instant now) {
        return !failingSince.plus(RetryTimes.PATIENCE).isAfter(now);
    }

    private Future<Void> switchOff(Place webhook, DisabledReason reason) {
        return store.switchOff(webhook, reason)
                .onSuccess(switched -> {
                    if (switched) mailOwner(webhook.userId());
                })
                .mapEmpty();
    }

    private void mailOwner(UUID userId) {
        bus.ask(Mails.WEBHOOK_OFF, new Mails.WebhookOff(userId))
                .onFailure(failure -> log.warn("No mail about a webhook was stored: {}", failure.getMessage()));
    }
}
