package io.parley.webhooks.delivery;

import io.parley.kernel.Secret;
import io.parley.kernel.async.Futures;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Some events for one webhook, a few at once. */
final class Batch {
    static final int AT_ONCE = 4;

    private final ClaimedWebhook webhook;
    private final List<Secret> secrets;
    private final Deque<Delivery> left;
    private final Sender sender;
    private final Outcomes outcomes;
    private final BooleanSupplier isStopped;
    private boolean isFailing;

    /** @param isStopped whether requests are being broken off, so that their failure says nothing */
    Batch(
            ClaimedWebhook webhook,
            List<Secret> secrets,
            List<Delivery> deliveries,
            Sender sender,
            Outcomes outcomes,
            BooleanSupplier isStopped) {
        this.webhook = webhook;
        this.secrets = secrets;
        this.left = new ArrayDeque<>(deliveries);
        this.sender = sender;
        this.outcomes = outcomes;
        this.isStopped = isStopped;
        this.isFailing = webhook.failingSince() != null;
    }

    Future<Void> deliver() {
        var lanes =
                Stream.generate(() -> Futures.loop(this::next)).limit(AT_ONCE).toList();
        return Future.join(lanes).mapEmpty();
    }

    private Future<Boolean> next() {
        var delivery = isStopped.getAsBoolean() ? null : left.poll();
        return delivery == null
                ? Future.succeededFuture(false)
                : sender.send(webhook.url(), secrets, delivery)
                        .compose(outcome -> record(delivery, outcome))
                        .map(true);
    }

    private Future<Void> record(Delivery delivery, Outcome outcome) {
        if (isStopped.getAsBoolean() && !outcome.isDelivered()) return Future.succeededFuture();
        return outcomes.record(webhook.place(), delivery, outcome, isFailing)
                .onSuccess(recorded -> isFailing = !outcome.isDelivered());
    }
}
