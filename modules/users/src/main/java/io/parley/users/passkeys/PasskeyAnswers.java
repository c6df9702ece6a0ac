package io.parley.users.passkeys;

import io.parley.contracts.users.identities.Passkeys;
import io.parley.kernel.Bus;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.users.limits.SignInLimit;
import io.parley.users.limits.SingleUse;
import io.parley.users.profile.UserStore;
import io.parley.users.profile.WaysIn;
import io.parley.users.sessions.SessionRules;
import io.parley.users.sessions.SignInTimes;
import io.parley.users.signin.SignInFailures;
import io.parley.users.signin.VerifiedAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;

/** Answers every request about passkeys. */
public final class PasskeyAnswers {
    private final PasskeyRules rules;
    private final PasskeyLogin login;

    /** @param signingKey the same on every node */
    public PasskeyAnswers(
            Vertx vertx,
            Database database,
            PasskeySettings settings,
            Secret signingKey,
            WaysIn waysIn,
            UserStore users,
            SingleUse used,
            SignInLimit limit,
            SignInFailures failures,
            VerifiedAddress verified,
            SessionRules sessions,
            SignInTimes signIns) {
        var store = new PasskeyStore(database, waysIn);
        var challenges = new Challenges(signingKey, used, Clock.systemUTC());
        var webAuthn = new WebAuthn(vertx, settings);
        var options = new PasskeyOptions(settings);
        this.rules = new PasskeyRules(users, store, challenges, webAuthn, options, signIns);
        this.login = new PasskeyLogin(
                users, store, challenges, webAuthn, options, limit, failures, verified, sessions, signIns);
    }

    public Future<?> register(Bus bus) {
        return Future.all(List.of(
                bus.answer(Passkeys.NEW_OPTIONS, rules::newOptions),
                bus.answer(Passkeys.ADD, rules::add),
                bus.answer(Passkeys.LIST, rules::list),
                bus.answer(Passkeys.RENAME, rules::rename),
                bus.answer(Passkeys.REMOVE, rules::remove),
                bus.answer(Passkeys.LOGIN_OPTIONS, login::loginOptions),
                bus.answer(Passkeys.LOGIN, login::login),
                bus.answer(Passkeys.PROVE, login::prove)));
    }
}
