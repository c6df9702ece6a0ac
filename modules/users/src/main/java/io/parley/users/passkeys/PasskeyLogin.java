package io.parley.users.passkeys;

import com.webauthn4j.data.AuthenticationData;
import io.parley.contracts.users.Users.Client;
import io.parley.contracts.users.Users.SignedIn;
import io.parley.contracts.users.identities.Passkeys;
import io.parley.kernel.Caller;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Json;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.users.limits.SignInLimit;
import io.parley.users.passkeys.Challenges.Purpose;
import io.parley.users.profile.Account;
import io.parley.users.profile.UserStore;
import io.parley.users.sessions.SessionRules;
import io.parley.users.sessions.SignInTimes;
import io.parley.users.signin.SignInFailures;
import io.parley.users.signin.VerifiedAddress;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What signatures of passkeys are for: to sign in, and to prove who uses a session. */
final class PasskeyLogin {
    private static final String METHOD = "passkey";
    private static final UUID NOBODY = new UUID(0, 0);
    private static final int HANDLE_BYTES = 2 * Long.BYTES;

    private final UserStore users;
    private final PasskeyStore store;
    private final Challenges challenges;
    private final WebAuthn webAuthn;
    private final PasskeyOptions options;
    private final SignInLimit limit;
    private final SignInFailures failures;
    private final VerifiedAddress verified;
    private final SessionRules sessions;
    private final SignInTimes signIns;

    PasskeyLogin(
            UserStore users,
            PasskeyStore store,
            Challenges challenges,
            WebAuthn webAuthn,
            PasskeyOptions options,
            SignInLimit limit,
            SignInFailures failures,
            VerifiedAddress verified,
            SessionRules sessions,
            SignInTimes signIns) {
        this.users = users;
        this.store = store;
        this.challenges = challenges;
        this.webAuthn = webAuthn;
        this.options = options;
        this.limit = limit;
        this.failures = failures;
        this.verified = verified;
        this.sessions = sessions;
        this.signIns = signIns;
    }

    Future<Passkeys.Options> loginOptions(Passkeys.LoginOptions query) {
        return Future.succeededFuture(options.request(challenges.create(Purpose.SIGN_IN, NOBODY)));
    }

    Future<SignedIn> login(Passkeys.Login command) {
        var client = command.client();
        return limit.attemptFromAddress(client, () -> verified(command.credential(), client))
                .map(found -> found.orElseThrow(PasskeyLogin::refusal))
                .compose(passkey -> users.findAccount(new Caller(passkey.userId(), Role.USER)))
                .compose(account -> verified.require(account, METHOD, client))
                .compose(account -> open(account, client));
    }

    private Future<SignedIn> open(Account account, Client client) {
        return sessions.open(account, client, METHOD)
                .compose(session ->
                        limit.remember(client, account.user().email()).map(session));
    }

    Future<None> prove(Passkeys.Prove command) {
        var client = command.origin().client();
        var caller = command.caller();
        return limit.attemptFromAddress(
                        client,
                        () -> verified(command.credential(), client)
                                .map(found ->
                                        found.filter(passkey -> passkey.userId().equals(caller.userId()))))
                .map(found -> found.orElseThrow(() -> Problem.invalid("/credential", "is not accepted")))
                .compose(passkey -> signIns.renew(
                        caller, Objects.requireNonNull(command.origin().sessionId())))
                .map(None.NONE);
    }

    /** The passkey, which is used now; empty if anything is wrong, which is recorded. */
    private Future<Optional<StoredPasskey>> verified(Json credential, Client client) {
        return webAuthn.read(credential)
                .compose(read -> read.map(data -> live(data)
                                .compose(isLive ->
                                        isLive ? find(data) : Future.succeededFuture(Optional.<StoredPasskey>empty()))
                                .compose(found -> found.map(passkey -> verified(data, passkey, client))
                                        .orElseGet(() -> failures.refuse(null, METHOD, "unknown_passkey", client))))
                        .orElseGet(() -> failures.refuse(null, METHOD, "malformed", client)));
    }

    private Future<Boolean> live(AuthenticationData data) {
        return challenges.use(data.getCollectedClientData().getChallenge().getValue(), Purpose.SIGN_IN, NOBODY);
    }

    // The user handle is only a claim: the passkey must be one of that user's.
    private Future<Optional<StoredPasskey>> find(AuthenticationData data) {
        byte @Nullable [] handle = data.getUserHandle();
        if (handle == null || handle.length != HANDLE_BYTES) return Future.succeededFuture(Optional.empty());
        var bytes = ByteBuffer.wrap(handle);
        return store.find(new UUID(bytes.getLong(), bytes.getLong()), data.getCredentialId());
    }

    private Future<Optional<StoredPasskey>> verified(AuthenticationData data, StoredPasskey passkey, Client client) {
        return webAuthn.verify(data, passkey)
                .compose(assertion ->
                        assertion.isPresent() ? store.use(passkey, assertion.get()) : Future.succeededFuture(false))
                .compose(used -> used
                        ? Future.succeededFuture(Optional.of(passkey))
                        : failures.refuse(passkey.userId(), METHOD, "refused_passkey", client));
    }

    private static Problem refusal() {
        return Problem.unauthenticated("The passkey is not accepted.");
    }
}
