package io.parley.webhooks;

import io.parley.contracts.users.StoredSecrets.Place;
import io.parley.contracts.webhooks.DeliveryAttempt;
import io.parley.contracts.webhooks.Webhook;
import io.parley.contracts.webhooks.Webhooks;
import io.parley.contracts.webhooks.Webhooks.Created;
import io.parley.contracts.webhooks.Webhooks.Rotated;
import io.parley.kernel.Ids;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.webhooks.delivery.SigningSecrets;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** The rules of webhooks for their owners. */
final class WebhookRules {
    /** How long requests are signed with the secret before, too. */
    private static final Duration OVERLAP = Duration.ofDays(1);

    /** For so many requests at the same time to get a slot each. */
    private static final int MAX_ATTEMPTS = 20;

    private final WebhookStore store;
    private final AttemptListStore attempts;
    private final SigningSecrets signing;
    private final ReceiverCheck receivers;
    private final Clock clock;

    WebhookRules(Database database, SigningSecrets signing, ReceiverCheck receivers, Clock clock) {
        this.store = new WebhookStore(database);
        this.attempts = new AttemptListStore(database);
        this.signing = signing;
        this.receivers = receivers;
        this.clock = clock;
    }

    Future<Created> create(Webhooks.Create command) {
        var place = new Place(command.caller().userId(), Ids.next());
        var secret = SigningSecrets.create();
        return receivers
                .check(command.draft().url())
                .compose(checked -> signing.encrypt(place, secret))
                .compose(ciphertext -> insert(command, place.id(), secret, ciphertext, MAX_ATTEMPTS));
    }

    // Another request may take the same slot at the same moment, so each takes any of those that are free.
    private Future<Created> insert(
            Webhooks.Create command, UUID id, Secret secret, Buffer ciphertext, int attemptsLeft) {
        if (attemptsLeft == 0) return Future.failedFuture(Problem.unavailable());
        return store.usedSlots(command.caller())
                .compose(used -> store.insert(command, id, freeSlot(used), ciphertext))
                .compose(inserted -> inserted.map(made -> Future.succeededFuture(new Created(made, secret)))
                        .orElseGet(() -> insert(command, id, secret, ciphertext, attemptsLeft - 1)));
    }

    private static int freeSlot(List<Integer> used) {
        var free = IntStream.rangeClosed(1, Webhooks.MAX_PER_USER)
                .filter(slot -> !used.contains(slot))
                .toArray();
        if (free.length == 0)
            throw Problem.conflict("", "You already have " + Webhooks.MAX_PER_USER + " webhooks. Delete one first.");
        return free[ThreadLocalRandom.current().nextInt(free.length)];
    }

    Future<Webhook> find(Webhooks.Find query) {
        return store.find(query.caller(), query.id());
    }

    Future<Page<Webhook>> list(Webhooks.ListMine query) {
        return store.list(query);
    }

    Future<Webhook> update(Webhooks.Update command) {
        var url = command.patch().url().value();
        return (url == null ? Future.<Void>succeededFuture() : receivers.check(url))
                .compose(checked -> store.update(command));
    }

    Future<None> delete(Webhooks.Delete command) {
        return store.delete(command);
    }

    Future<Rotated> rotate(Webhooks.Rotate command) {
        var secret = SigningSecrets.create();
        return signing.encrypt(new Place(command.caller().userId(), command.id()), secret)
                .compose(ciphertext ->
                        store.rotate(command, ciphertext, clock.instant().plus(OVERLAP)))
                .map(new Rotated(secret));
    }

    Future<None> test(Webhooks.Test command) {
        return store.test(command, Ids.next())
                .compose(stored -> stored ? Future.succeededFuture(None.NONE) : explain(command));
    }

    private Future<None> explain(Webhooks.Test command) {
        return store.find(command.caller(), command.id())
                .compose(found -> Future.failedFuture(
                        Problem.conflict("", "The webhook is switched off. Set is_active to true first.")));
    }

    Future<Page<DeliveryAttempt>> attempts(Webhooks.ListAttempts query) {
        return store.find(query.caller(), query.id()).compose(found -> attempts.list(query));
    }
}
