package io.parley.users.oidc;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.users.Oidc;
import io.parley.contracts.users.identities.Identities;
import io.parley.contracts.users.identities.Identity;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Page;
import io.parley.kernel.Problem;
import io.parley.users.oidc.SignedCodes.Purpose;
import io.parley.users.sessions.SignInTimes;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Objects;

/** The rules for what users change of their identities. Linking and unlinking one needs a recent sign-in. */
final class IdentityRules {
    private final SignedCodes codes;
    private final IdentityStore store;
    private final SignInTimes signIns;

    IdentityRules(SignedCodes codes, IdentityStore store, SignInTimes signIns) {
        this.codes = codes;
        this.store = store;
        this.signIns = signIns;
    }

    Future<Identity> link(Identities.Link command) {
        return requireRecent(command.caller(), command.origin())
                .map(recent -> content(command))
                .compose(content -> requireRoom(command.caller())
                        .compose(room -> codes.use(command.code(), Oidc.LINK_CODE_LIFETIME))
                        .map(isFirst -> {
                            if (!isFirst) throw invalid();
                            return ForeignIdentity.of(content);
                        }))
                .compose(identity -> requireUnlinked(command, identity)
                        .compose(unlinked -> store.link(command, identity))
                        .compose(linked -> confirm(command, identity, linked)));
    }

    // A code for the owner of another account stays good for that one.
    private JsonObject content(Identities.Link command) {
        var content = codes.read(Purpose.LINK, "", command.code()).orElseThrow(IdentityRules::invalid);
        var account = content.getString("account");
        if (account != null && !account.equals(command.caller().userId().toString()))
            throw Problem.invalid("/link_code", "is for the account with the e-mail address of that identity");
        return content;
    }

    private Future<?> requireRoom(Caller caller) {
        return store.list(caller)
                .compose(existing -> existing.size() < Identities.MOST_OF_A_USER
                        ? Future.succeededFuture()
                        : Future.failedFuture(Problem.conflict("", "You have 50 linked accounts. Remove one first.")));
    }

    private Future<?> requireUnlinked(Identities.Link command, ForeignIdentity identity) {
        return store.owners(identity).map(owners -> {
            for (var owner : owners) if (!owner.userId().equals(command.caller().userId())) throw taken();
            return owners;
        });
    }

    // No constraint spans the rows of two users. A request that finds the identity at another user
    // reverts its own link.
    private Future<Identity> confirm(Identities.Link command, ForeignIdentity identity, Identity linked) {
        return requireUnlinked(command, identity)
                .map(linked)
                .recover(failure -> store.revert(command).transform(reverted -> Future.failedFuture(failure)));
    }

    Future<Page<Identity>> list(Identities.ListMine query) {
        return store.list(query.caller()).map(linked -> new Page<>(linked, null));
    }

    Future<None> unlink(Identities.Unlink command) {
        return requireRecent(command.caller(), command.origin()).compose(recent -> store.unlink(command));
    }

    private Future<Void> requireRecent(Caller caller, Origin origin) {
        return signIns.requireRecent(caller, Objects.requireNonNull(origin.sessionId()));
    }

    private static Problem invalid() {
        return Problem.invalid("/link_code", "is not valid, has expired or was already used");
    }

    private static Problem taken() {
        return Problem.conflict("/link_code", "It is linked to another account.");
    }
}
