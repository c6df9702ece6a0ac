package io.parley.users.oidc;

import io.parley.contracts.users.EmailVerification;
import io.parley.contracts.users.Oidc;
import io.parley.contracts.users.RegistrationMode;
import io.parley.contracts.users.identities.Identities;
import io.parley.kernel.Bus;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.users.limits.RegistrationLimit;
import io.parley.users.limits.SignInLimit;
import io.parley.users.limits.SingleUse;
import io.parley.users.links.RequestedMails;
import io.parley.users.profile.UserStore;
import io.parley.users.profile.WaysIn;
import io.parley.users.sessions.SessionRules;
import io.parley.users.sessions.SignInTimes;
import io.parley.users.signin.SecondFactorGate;
import io.parley.users.signin.SignInFailures;
import io.parley.users.signin.VerifiedAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;

/** Answers every request about providers and identities. */
public final class OidcAnswers {
    private final OidcSettings settings;
    private final AuthorizationFlow flow;
    private final OidcLogin login;
    private final IdentityRules rules;

    /** @param signingKey the same on every node */
    public OidcAnswers(
            Vertx vertx,
            Database database,
            OidcSettings settings,
            Secret signingKey,
            RegistrationMode mode,
            EmailVerification verification,
            WaysIn waysIn,
            UserStore users,
            SingleUse used,
            RegistrationLimit registrations,
            SignInLimit limit,
            SignInFailures failures,
            RequestedMails mails,
            VerifiedAddress verified,
            SecondFactorGate secondFactors,
            SessionRules sessions,
            SignInTimes signIns) {
        this.settings = settings;
        var codes = new SignedCodes(signingKey, used, Clock.systemUTC());
        var store = new IdentityStore(database, waysIn);
        this.flow = new AuthorizationFlow(vertx, settings, codes, Clock.systemUTC());
        var newcomers = new Newcomers(mode, verification, store, users, registrations, limit, mails);
        this.login =
                new OidcLogin(flow, codes, store, newcomers, users, limit, failures, verified, secondFactors, sessions);
        this.rules = new IdentityRules(codes, store, signIns);
    }

    public Future<?> register(Bus bus) {
        return Future.all(List.of(
                bus.answer(Oidc.LIST, query -> Future.succeededFuture(settings.described())),
                bus.answer(Oidc.START, flow::start),
                bus.answer(Oidc.FINISH, login::finish),
                bus.answer(Oidc.EXCHANGE, login::exchange),
                bus.answer(Identities.LINK, rules::link),
                bus.answer(Identities.LIST, rules::list),
                bus.answer(Identities.UNLINK, rules::unlink)));
    }
}
