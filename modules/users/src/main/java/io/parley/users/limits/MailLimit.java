package io.parley.users.limits;

import io.parley.contracts.users.Users.Client;
import io.parley.kernel.Problem;
import io.parley.kernel.limits.ClientNetwork;
import io.parley.kernel.limits.Rate;
import io.parley.kernel.limits.Rates;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Limits the mails to an address, and those that a client may ask for. Each kind has its own limit, because a stranger may ask for mails to
 * any address, and some of those are never sent: they must not keep its owner from getting a link for a new password.
 */
public final class MailLimit {
    private static final Rates OF_CLIENT = new Rates(List.of(new Rate(20, Duration.ofHours(1))));

    private final BucketStore store;
    private final BucketKeys keys;
    private final Rates rates;

    public MailLimit(BucketStore store, BucketKeys keys, LimitSettings settings) {
        this.store = store;
        this.keys = keys;
        this.rates = settings.mails();
    }

    /**
     * Takes from both. False, without another sign of it, if this address has been sent too many; whether it has an account makes
     * no difference. Fails limited if the client has asked for too many.
     *
     * @param kind of mails
     * @param email as it would be stored
     */
    public Future<Boolean> take(Client client, String kind, String email) {
        return takeOfClient(client).compose(taken -> takeOfAddress(kind, email)).map(Optional::isEmpty);
    }

    /** The same, but fails limited in both cases. */
    public Future<Void> takeOwn(Client client, String kind, String email) {
        return takeOfClient(client).compose(taken -> takeOfAddress(kind, email)).compose(MailLimit::require);
    }

    private Future<Void> takeOfClient(Client client) {
        if (rates.equals(Rates.NONE)) return Future.succeededFuture();
        return store.take(keys.ofMailsFrom(OF_CLIENT, ClientNetwork.of(client.ip())))
                .compose(MailLimit::require);
    }

    private Future<Optional<Duration>> takeOfAddress(String kind, String email) {
        return store.take(keys.ofMails(rates, kind, email));
    }

    private static Future<Void> require(Optional<Duration> wait) {
        return wait.isEmpty()
                ? Future.succeededFuture()
                : Future.failedFuture(Problem.limited("mails", "Too many mails.", wait.get()));
    }
}
