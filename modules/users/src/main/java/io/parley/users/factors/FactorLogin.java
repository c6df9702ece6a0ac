package io.parley.users.factors;

import io.parley.contracts.users.SecondFactors;
import io.parley.contracts.users.SecondFactors.Challenge;
import io.parley.contracts.users.SecondFactors.Method;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.kernel.Caller;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.Secret;
import io.parley.storage.Database;
import io.parley.users.profile.Account;
import io.parley.users.profile.UserStore;
import io.parley.users.sessions.SessionRules;
import io.parley.users.sessions.SignInTimes;
import io.parley.users.signin.SecondFactorGate;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What codes are sent for: to complete a login, and to prove who uses a session. */
public final class FactorLogin implements SecondFactorGate {
    private final UserStore users;
    private final FactorStore factors;
    private final ChallengeStore challenges;
    private final CodeCheck codes;
    private final SessionRules sessions;
    private final SignInTimes signIns;

    public FactorLogin(
            Database database,
            UserStore users,
            FactorStore factors,
            CodeCheck codes,
            SessionRules sessions,
            SignInTimes signIns) {
        this.users = users;
        this.factors = factors;
        this.challenges = new ChallengeStore(database);
        this.codes = codes;
        this.sessions = sessions;
        this.signIns = signIns;
    }

    @Override
    public Future<List<Method>> methods(Account account) {
        return factors.find(account.user().id())
                .map(found -> found.filter(FactorStore.Factor::isOn)
                        .map(factor -> factor.codesLeft() > 0
                                ? List.of(Method.TOTP, Method.RECOVERY_CODE)
                                : List.of(Method.TOTP))
                        .orElse(List.of()));
    }

    @Override
    public Future<Challenge> challenge(Account account, List<Method> methods) {
        var token = ChallengeToken.create(account.user().id());
        return challenges.insert(account, token).map(inserted -> new Challenge(token.token(), methods));
    }

    public Future<SignedIn> login(SecondFactors.Login command) {
        var sent = sent(command.code(), command.recoveryCode());
        var token = ChallengeToken.of(command.token()).orElseThrow(FactorLogin::expired);
        return users.findAccount(new Caller(token.userId(), Role.USER))
                .recover(FactorLogin::orExpired)
                .compose(account -> codes.use(
                                account,
                                sent.code(),
                                sent.method(),
                                command.client(),
                                () -> require(challenges.takeAttempt(account, token)))
                        .map(used -> used.orElseThrow(FactorLogin::wrong))
                        .compose(method -> require(challenges.complete(account, token))
                                .compose(done -> sessions.open(
                                        account, command.client(), method.name().toLowerCase(Locale.ROOT)))));
    }

    /** Returns the number of deleted logins that nobody completed. */
    public Future<Integer> deleteExpired() {
        return challenges.deleteExpired();
    }

    private record Sent(Secret code, Method method) {}

    private static Sent sent(@Nullable Secret code, @Nullable Secret recoveryCode) {
        if (code != null && recoveryCode == null) return new Sent(code, Method.TOTP);
        if (code == null && recoveryCode != null) return new Sent(recoveryCode, Method.RECOVERY_CODE);
        throw Problem.invalid("/code", "send either code or recovery_code");
    }

    public Future<None> prove(SecondFactors.Prove command) {
        var client = command.origin().client();
        return users.findAccount(command.caller())
                .compose(account ->
                        codes.use(account, command.code(), Method.TOTP, client, () -> Future.succeededFuture()))
                .map(used -> used.orElseThrow(() -> Problem.invalid("/code", "is wrong or was used before")))
                .compose(method -> signIns.renew(command.caller(), sessionOf(command)))
                .map(None.NONE);
    }

    private static UUID sessionOf(SecondFactors.Prove command) {
        return Objects.requireNonNull(command.origin().sessionId());
    }

    private static Future<Boolean> require(Future<Boolean> live) {
        return live.map(isLive -> {
            if (!isLive) throw expired();
            return isLive;
        });
    }

    private static Future<Account> orExpired(Throwable failure) {
        return Future.failedFuture(
                failure instanceof Problem problem && problem.kind() == Kind.UNAUTHENTICATED ? expired() : failure);
    }

    private static Problem expired() {
        return Problem.unauthenticated("The mfa_token has expired or was already used. Sign in again.");
    }

    private static Problem wrong() {
        return Problem.unauthenticated("The code is wrong or was used before.");
    }
}
