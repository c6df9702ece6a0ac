package io.parley.users.passkeys;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.identities.Passkey;
import io.parley.contracts.users.identities.Passkeys;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.parley.users.passkeys.Challenges.Purpose;
import io.parley.users.passkeys.WebAuthn.NewCredential;
import io.parley.users.profile.UserStore;
import io.parley.users.sessions.SignInTimes;
import io.vertx.core.Future;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The rules for what users change of their passkeys. Adding and removing one needs a recent sign-in. */
final class PasskeyRules {
    private final UserStore users;
    private final PasskeyStore store;
    private final Challenges challenges;
    private final WebAuthn webAuthn;
    private final PasskeyOptions options;
    private final SignInTimes signIns;

    PasskeyRules(
            UserStore users,
            PasskeyStore store,
            Challenges challenges,
            WebAuthn webAuthn,
            PasskeyOptions options,
            SignInTimes signIns) {
        this.users = users;
        this.store = store;
        this.challenges = challenges;
        this.webAuthn = webAuthn;
        this.options = options;
        this.signIns = signIns;
    }

    Future<Passkeys.Options> newOptions(Passkeys.NewOptions query) {
        var caller = query.caller();
        return requireRecent(caller, query.origin())
                .compose(recent -> users.find(new Users.Find(caller)))
                .compose(user -> store.list(caller)
                        .map(existing ->
                                options.creation(challenges.create(Purpose.ADD, caller.userId()), user, existing)));
    }

    Future<Passkey> add(Passkeys.Add command) {
        return requireRecent(command.caller(), command.origin())
                .compose(recent -> store.list(command.caller()))
                .compose(existing -> existing.size() < Passkeys.MOST_OF_A_USER
                        ? verified(command)
                        : Future.failedFuture(Problem.conflict("", "You have 50 passkeys. Remove one first.")))
                .map(verified -> verified.orElseThrow(() -> Problem.invalid(
                        "/credential", "is not an answer to live options of yours, from a page of this server")))
                .compose(credential -> store.insert(command, credential));
    }

    private Future<Optional<NewCredential>> verified(Passkeys.Add command) {
        UUID userId = command.caller().userId();
        return webAuthn.readNew(command.passkey().credential())
                .compose(read -> read.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : challenges
                                .use(
                                        read.get()
                                                .getCollectedClientData()
                                                .getChallenge()
                                                .getValue(),
                                        Purpose.ADD,
                                        userId)
                                .compose(isLive -> isLive
                                        ? webAuthn.verifyNew(read.get())
                                        : Future.succeededFuture(Optional.empty())));
    }

    Future<Page<Passkey>> list(Passkeys.ListMine query) {
        return store.list(query.caller())
                .map(stored ->
                        new Page<>(stored.stream().map(StoredPasskey::passkey).toList(), null));
    }

    Future<Passkey> rename(Passkeys.Rename command) {
        return store.rename(command);
    }

    Future<None> remove(Passkeys.Remove command) {
        return requireRecent(command.caller(), command.origin()).compose(recent -> store.delete(command));
    }

    private Future<Void> requireRecent(Caller caller, Origin origin) {
        return signIns.requireRecent(caller, Objects.requireNonNull(origin.sessionId()));
    }
}
