package io.parley.users.limits;

import io.parley.contracts.users.Users.Client;
import io.parley.kernel.Problem;
import io.parley.kernel.limits.ClientNetwork;
import io.parley.kernel.limits.Rates;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How many passwords and codes may be wrong, for an account and from an address. The tokens are taken before the password is checked, so that
 * attempts at the same time are counted as well, and given back unless it is wrong.
 */
public final class SignInLimit {
    private final BucketStore store;
    private final KnownAddresses known;
    private final BucketKeys keys;
    private final LimitSettings settings;
    private final LimitNotice notice;

    /** What one attempt has to take from. */
    private record Buckets(List<Bucket> ofAccount, List<Bucket> ofAddress) {
        List<Bucket> all() {
            return Stream.concat(ofAccount.stream(), ofAddress.stream()).toList();
        }
    }

    public SignInLimit(
            BucketStore store, KnownAddresses known, BucketKeys keys, LimitSettings settings, LimitNotice notice) {
        this.store = store;
        this.known = known;
        this.keys = keys;
        this.settings = settings;
        this.notice = notice;
    }

    /**
     * Checks a password. Fails limited, without the check, if too many have been wrong.
     *
     * @param email as it is stored, whether there is an account or not
     * @param check empty if the password is wrong
     */
    public <T> Future<Optional<T>> attempt(Client client, String email, Supplier<Future<Optional<T>>> check) {
        return attempt(client, email, check, result -> true);
    }

    /**
     * The same for a check that may leave the sign-in incomplete.
     *
     * @param isComplete for a right password, whether nothing else is asked for. Otherwise wrong codes that went before stay counted:
     *     somebody who knows the password could try any number of codes
     */
    public <T> Future<Optional<T>> attempt(
            Client client, String email, Supplier<Future<Optional<T>>> check, Predicate<T> isComplete) {
        var network = ClientNetwork.of(client.ip());
        return buckets(network, email)
                .compose(buckets -> store.take(buckets.all())
                        .compose(wait -> wait.map(time -> this.<T>refuse(client, email, buckets, time))
                                .orElseGet(() -> checked(buckets, check, isComplete))))
                .compose(result -> result.filter(isComplete).isPresent()
                        ? remember(client, email).map(result)
                        : Future.succeededFuture(result));
    }

    /** The same for a proof that nobody can guess, so that only addresses are counted. */
    public <T> Future<Optional<T>> attemptFromAddress(Client client, Supplier<Future<Optional<T>>> check) {
        var ofAddress = keys.ofAddress(settings.failuresPerAddress(), ClientNetwork.of(client.ip()));
        var buckets = new Buckets(List.of(), ofAddress);
        return store.take(ofAddress)
                .compose(wait -> wait.map(time -> this.<T>refuse(client, "", buckets, time))
                        .orElseGet(() -> checked(buckets, check, result -> true)));
    }

    // Strangers empty another bucket than the owner, who has signed in from this address before.
    private Future<Buckets> buckets(ClientNetwork network, String email) {
        var ofAddress = keys.ofAddress(settings.failuresPerAddress(), network);
        var rates = settings.failuresPerAccount();
        if (rates.equals(Rates.NONE)) return Future.succeededFuture(new Buckets(List.of(), ofAddress));
        return known.contain(keys.ofKnownAddress(network, email))
                .map(isKnown -> isKnown ? keys.ofAccountFrom(network, rates, email) : keys.ofAccount(rates, email))
                .map(ofAccount -> new Buckets(ofAccount, ofAddress));
    }

    private <T> Future<Optional<T>> refuse(Client client, String email, Buckets buckets, Duration wait) {
        return noticeOnce(client, email, buckets)
                .transform(notified ->
                        Future.failedFuture(Problem.limited("sign-in", "Too many wrong passwords or codes.", wait)));
    }

    // Attempts at many accounts from one address give one notice, not one for each account.
    private Future<Void> noticeOnce(Client client, String email, Buckets buckets) {
        return store.findWait(buckets.ofAddress()).compose(wait -> {
            var empty = wait.isPresent() ? buckets.ofAddress() : buckets.ofAccount();
            return store.take(keys.ofNotices(empty))
                    .compose(recent -> recent.isPresent()
                            ? Future.succeededFuture()
                            : notice.limited(client, wait.isPresent() ? null : email));
        });
    }

    private <T> Future<Optional<T>> checked(
            Buckets buckets, Supplier<Future<Optional<T>>> check, Predicate<T> isComplete) {
        return Future.succeededFuture()
                .compose(taken -> check.get())
                .compose(
                        result -> result.isPresent()
                                ? succeed(buckets, isComplete.test(result.get()))
                                        .map(result)
                                : Future.succeededFuture(result),
                        // It is not known whether the password is right.
                        failure -> store.giveBack(buckets.all()).transform(given -> Future.failedFuture(failure)));
    }

    private Future<Void> succeed(Buckets buckets, boolean isComplete) {
        if (!isComplete) return store.giveBack(buckets.all());
        return store.refill(buckets.ofAccount()).compose(refilled -> store.giveBack(buckets.ofAddress()));
    }

    /** From now on, wrong passwords for this account from elsewhere do not count for this address. */
    public Future<Void> remember(Client client, String email) {
        if (settings.failuresPerAccount().equals(Rates.NONE)) return Future.succeededFuture();
        return known.add(keys.ofKnownAddress(ClientNetwork.of(client.ip()), email));
    }
}
