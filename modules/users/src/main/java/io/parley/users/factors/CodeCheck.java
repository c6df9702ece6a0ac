package io.parley.users.factors;

import io.parley.contracts.users.SecondFactors.Method;
import io.parley.contracts.users.Users.Client;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.kernel.limits.ClientNetwork;
import io.parley.users.factors.FactorStore.Factor;
import io.parley.users.keys.KeyEncryption;
import io.parley.users.keys.StoredSecret;
import io.parley.users.limits.SignInLimit;
import io.parley.users.profile.Account;
import io.parley.users.signin.PasswordHasher;
import io.parley.users.signin.SignInFailures;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Checks codes of second factors. Wrong ones count like wrong passwords, and are recorded. */
public final class CodeCheck {
    private final FactorStore store;
    private final CodeHashes hashes;
    private final KeyEncryption encryption;
    private final SignInLimit limit;
    private final SignInFailures failures;
    private final Clock clock;

    public CodeCheck(
            FactorStore store,
            PasswordHasher hasher,
            KeyEncryption encryption,
            SignInLimit limit,
            SignInFailures failures,
            Clock clock) {
        this.store = store;
        this.hashes = new CodeHashes(hasher);
        this.encryption = encryption;
        this.limit = limit;
        this.failures = failures;
        this.clock = clock;
    }

    /**
     * Checks a code and uses it up. Empty if it is wrong, was used before, or the account has no second factor. Fails limited, without
     * the check, if too many have been wrong.
     *
     * @param before what must succeed first, once the limit permits the attempt
     */
    Future<Optional<Method>> use(
            Account account, Secret code, Method method, Client client, Supplier<Future<?>> before) {
        return counted(
                account,
                method,
                client,
                true,
                () -> before.get()
                        .compose(done -> store.find(account.user().id()))
                        .compose(found -> found.filter(Factor::isOn)
                                .map(factor -> uses(account, factor, code, method, client))
                                .orElseGet(() -> Future.succeededFuture(false)))
                        .map(used -> used ? Optional.of(method) : Optional.empty()));
    }

    private Future<Boolean> uses(Account account, Factor factor, Secret code, Method method, Client client) {
        if (method == Method.TOTP)
            return step(factor.secret(), code)
                    .compose(step -> step.isEmpty()
                            ? Future.succeededFuture(false)
                            : store.useStep(factor.secret(), step.getAsLong()));
        var salt = factor.salt();
        if (salt == null) return Future.succeededFuture(false);
        return hashes.hash(code, salt, ClientNetwork.of(client.ip()))
                .compose(hash -> store.useCode(account.user().id(), hash, client));
    }

    /** The step of the code of a secret that is not confirmed yet; empty if the code is wrong. Fails limited like {@link #use}. */
    Future<Optional<Long>> first(Account account, StoredSecret secret, Secret code, Client client) {
        return counted(
                account,
                Method.TOTP,
                client,
                false,
                () -> step(secret, code)
                        .map(step -> step.isPresent() ? Optional.of(step.getAsLong()) : Optional.empty()));
    }

    private Future<OptionalLong> step(StoredSecret stored, Secret code) {
        return encryption
                .decrypt(stored)
                .recover(CodeCheck::unreadable)
                .map(secret -> Totp.step(secret, code, clock.instant()));
    }

    // No key of the keyset decrypts it: an operator has to help.
    private static Future<Secret> unreadable(Throwable failure) {
        return Future.failedFuture(
                failure instanceof Problem problem && problem.kind() == Kind.CONFLICT
                        ? Problem.unavailable()
                        : failure);
    }

    // A code of a secret that the server has just told does not prove who it is, so wrong passwords stay counted.
    private <T> Future<Optional<T>> counted(
            Account account, Method method, Client client, boolean isProof, Supplier<Future<Optional<T>>> check) {
        var user = account.user();
        return limit.attempt(
                client,
                user.email(),
                () -> check.get()
                        .compose(result -> result.isPresent()
                                ? Future.succeededFuture(result)
                                : failures.refuse(
                                        user.id(), method.name().toLowerCase(Locale.ROOT), "wrong_code", client)),
                result -> isProof);
    }
}
