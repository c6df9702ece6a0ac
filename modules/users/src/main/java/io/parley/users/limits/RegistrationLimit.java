package io.parley.users.limits;

import io.parley.contracts.users.Users.Client;
import io.parley.kernel.Problem;
import io.parley.kernel.limits.ClientNetwork;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** How many accounts an address may try to register; also how many it may find out to exist. */
public final class RegistrationLimit {
    private final BucketStore store;
    private final BucketKeys keys;
    private final LimitSettings settings;

    public RegistrationLimit(BucketStore store, BucketKeys keys, LimitSettings settings) {
        this.store = store;
        this.keys = keys;
        this.settings = settings;
    }

    /** Fails limited, without the registration, if there have been too many; one that was not carried out does not count. */
    public <T> Future<T> attempt(Client client, Supplier<Future<T>> registration) {
        var buckets = keys.ofRegistrations(settings.registrations(), ClientNetwork.of(client.ip()));
        return store.take(buckets)
                .compose(wait -> wait.isEmpty()
                        ? registration.get()
                        : Future.failedFuture(Problem.limited("registrations", "Too many registrations.", wait.get())))
                .recover(failure -> Problem.isTransient(failure)
                        ? store.giveBack(buckets).transform(given -> Future.failedFuture(failure))
                        : Future.failedFuture(failure));
    }
}
