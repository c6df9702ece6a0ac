package io.parley.users.oidc;

import io.parley.contracts.users.Oidc;
import io.parley.contracts.users.Oidc.Finished;
import io.parley.contracts.users.Oidc.Outcome;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.LoggedIn;
import io.parley.kernel.Caller;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Problem;
import io.parley.users.limits.SignInLimit;
import io.parley.users.oidc.AuthorizationFlow.Arrival;
import io.parley.users.oidc.IdentityStore.Owner;
import io.parley.users.oidc.SignedCodes.Purpose;
import io.parley.users.profile.Account;
import io.parley.users.profile.UserStore;
import io.parley.users.sessions.SessionRules;
import io.parley.users.signin.SecondFactorGate;
import io.parley.users.signin.SignInFailures;
import io.parley.users.signin.VerifiedAddress;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rules of sign-ins with a provider: what a callback is answered with, and what the code of its answer is exchanged for. */
final class OidcLogin {
    private static final String METHOD = "oidc";

    private final AuthorizationFlow flow;
    private final SignedCodes codes;
    private final IdentityStore store;
    private final Newcomers newcomers;
    private final UserStore users;
    private final SignInLimit limit;
    private final SignInFailures failures;
    private final VerifiedAddress verified;
    private final SecondFactorGate secondFactors;
    private final SessionRules sessions;

    OidcLogin(
            AuthorizationFlow flow,
            SignedCodes codes,
            IdentityStore store,
            Newcomers newcomers,
            UserStore users,
            SignInLimit limit,
            SignInFailures failures,
            VerifiedAddress verified,
            SecondFactorGate secondFactors,
            SessionRules sessions) {
        this.flow = flow;
        this.codes = codes;
        this.store = store;
        this.newcomers = newcomers;
        this.users = users;
        this.limit = limit;
        this.failures = failures;
        this.verified = verified;
        this.secondFactors = secondFactors;
        this.sessions = sessions;
    }

    Future<Finished> finish(Oidc.Finish command) {
        var client = command.client();
        var found = flow.arrival(command);
        if (found.isEmpty())
            return limit.attemptFromAddress(client, () -> failures.<Finished>refuse(null, METHOD, "state", client))
                    .map(refused -> new Finished("/", Outcome.PROVIDER_ERROR, null));
        var arrival = found.get();
        var error = command.answer().error();
        if (error != null)
            return Future.succeededFuture(
                    failed(arrival, error.equals("access_denied") ? Outcome.ACCESS_DENIED : Outcome.PROVIDER_ERROR));
        return limit.attemptFromAddress(client, () -> identity(arrival, command))
                .compose(
                        identity -> identity.map(each -> settle(arrival, each, client))
                                .orElseGet(() -> Future.succeededFuture(failed(arrival, Outcome.PROVIDER_ERROR))),
                        failure -> failure instanceof ProviderFailure
                                ? Future.succeededFuture(failed(arrival, Outcome.PROVIDER_ERROR))
                                : Future.failedFuture(failure));
    }

    // Only what somebody may have forged counts and is recorded, not that a provider is down.
    private Future<Optional<ForeignIdentity>> identity(Arrival arrival, Oidc.Finish command) {
        return flow.identity(arrival, command)
                .map(Optional::of)
                .recover(failure -> failure instanceof ProviderFailure cause && cause.isRefusal()
                        ? failures.refuse(null, METHOD, cause.reason(), command.client())
                        : Future.failedFuture(failure));
    }

    private Future<Finished> settle(Arrival arrival, ForeignIdentity identity, Client client) {
        if (arrival.link()) return Future.succeededFuture(linking(arrival, identity, null));
        return store.owners(identity)
                .compose(owners -> owners.isEmpty()
                        ? register(arrival, identity, client)
                        : Future.succeededFuture(signingIn(arrival, owners.get(0))));
    }

    private Future<Finished> register(Arrival arrival, ForeignIdentity identity, Client client) {
        var trustsEmail = arrival.provider().settings().trustEmail();
        return newcomers.admit(identity, trustsEmail, client).map(admission -> {
            if (admission.owner() != null) return signingIn(arrival, admission.owner());
            if (admission.existing() != null) return linking(arrival, identity, admission.existing());
            return failed(arrival, Objects.requireNonNull(admission.refusal()));
        });
    }

    private Finished signingIn(Arrival arrival, Owner owner) {
        var content = new JsonObject()
                .put("user", owner.userId().toString())
                .put("identity", owner.identityId().toString());
        return new Finished(
                arrival.returnTo(),
                Outcome.SIGN_IN,
                codes.create(Purpose.SIGN_IN, "", content, Oidc.SIGN_IN_CODE_LIFETIME));
    }

    private Finished linking(Arrival arrival, ForeignIdentity identity, @Nullable UUID account) {
        var content = identity.json().put("account", account == null ? null : account.toString());
        return new Finished(
                arrival.returnTo(), Outcome.LINK, codes.create(Purpose.LINK, "", content, Oidc.LINK_CODE_LIFETIME));
    }

    private static Finished failed(Arrival arrival, Outcome outcome) {
        return new Finished(arrival.returnTo(), outcome, null);
    }

    /** What the code stands for, and the issuer of the identity. */
    private record Exchanged(Owner owner, String issuer) {}

    Future<LoggedIn> exchange(Oidc.Exchange command) {
        var client = command.client();
        return limit.attemptFromAddress(client, () -> exchanged(command))
                .map(found -> found.orElseThrow(OidcLogin::refusal))
                .compose(exchanged -> users.findAccount(
                                new Caller(exchanged.owner().userId(), Role.USER))
                        .compose(account -> requireActive(account, client))
                        .compose(account -> verified.require(account, METHOD, client))
                        .compose(account -> logIn(account, exchanged.issuer(), client)));
    }

    private Future<Optional<Exchanged>> exchanged(Oidc.Exchange command) {
        var content = codes.read(Purpose.SIGN_IN, "", command.code());
        if (content.isEmpty()) return failures.refuse(null, METHOD, "code", command.client());
        var owner = new Owner(
                UUID.fromString(content.get().getString("user")),
                UUID.fromString(content.get().getString("identity")));
        return codes.use(command.code(), Oidc.SIGN_IN_CODE_LIFETIME)
                .compose(isFirst -> isFirst ? store.use(owner) : Future.succeededFuture(Optional.<String>empty()))
                .compose(issuer -> issuer.isPresent()
                        ? Future.succeededFuture(Optional.of(new Exchanged(owner, issuer.get())))
                        : failures.refuse(owner.userId(), METHOD, "used_code", command.client()));
    }

    private Future<Account> requireActive(Account account, Client client) {
        if (account.user().isActive()) return Future.succeededFuture(account);
        return failures.refuse(account.user().id(), METHOD, "account_deactivated", client)
                .compose(recorded -> Future.failedFuture(refusal()));
    }

    private Future<LoggedIn> logIn(Account account, String issuer, Client client) {
        var isTrusted = flow.ofIssuer(issuer).filter(ProviderSettings::trustMfa).isPresent();
        if (isTrusted) return open(account, client);
        return secondFactors
                .methods(account)
                .compose(methods -> methods.isEmpty()
                        ? open(account, client)
                        : secondFactors.challenge(account, methods).map(challenge -> new LoggedIn(null, challenge)));
    }

    private Future<LoggedIn> open(Account account, Client client) {
        return sessions.open(account, client, METHOD)
                .compose(session ->
                        limit.remember(client, account.user().email()).map(new LoggedIn(session, null)));
    }

    private static Problem refusal() {
        return Problem.unauthenticated("The code is not valid, has expired or was used before. Sign in again.");
    }
}
