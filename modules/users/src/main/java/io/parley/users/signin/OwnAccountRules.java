package io.parley.users.signin;

import io.parley.contracts.users.Sessions;
import io.parley.contracts.users.User;
import io.parley.contracts.users.Users;
import io.parley.contracts.users.Users.Client;
import io.parley.kernel.Caller;
import io.parley.kernel.None;
import io.parley.kernel.Secret;
import io.parley.users.addresses.AddressRules;
import io.parley.users.limits.SignInLimit;
import io.parley.users.profile.Emails;
import io.parley.users.profile.UserRules;
import io.parley.users.profile.UserStore;
import io.parley.users.sessions.SessionRules;
import io.parley.users.sessions.SignInTimes;
import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rules for what users change of their own account: another e-mail address and the end of it need a recent sign-in. */
public final class OwnAccountRules {
    private final UserStore users;
    private final UserRules profiles;
    private final CurrentPassword currentPassword;
    private final SignInTimes signIns;
    private final SessionRules sessions;
    private final AddressRules addresses;

    public OwnAccountRules(
            UserStore users,
            UserRules profiles,
            PasswordHasher hasher,
            SignInLimit limit,
            SignInFailures failures,
            SignInTimes signIns,
            SessionRules sessions,
            AddressRules addresses) {
        this.users = users;
        this.profiles = profiles;
        this.currentPassword = new CurrentPassword(hasher, limit, failures);
        this.signIns = signIns;
        this.sessions = sessions;
        this.addresses = addresses;
    }

    public Future<User> update(Users.Update command) {
        var patch = command.patch();
        var permitted = patch.email().present() || patch.currentPassword() != null
                ? requireProof(command.caller(), command.sessionId(), patch.currentPassword(), command.client())
                : Future.succeededFuture();
        return permitted.compose(permission -> permittedUpdate(command));
    }

    private Future<User> permittedUpdate(Users.Update command) {
        boolean confirms = addresses.areConfirmed();
        var email = command.patch().email().value();
        return email != null && confirms
                ? addresses.change(command, Emails.normalized(email), () -> profiles.update(command, true))
                : profiles.update(command, confirms);
    }

    public Future<Sessions.Ended> delete(Users.Delete command) {
        return requireProof(command.caller(), command.sessionId(), command.currentPassword(), command.client())
                .compose(permission -> users.delete(command))
                .map(sessions::announceEnded);
    }

    public Future<None> confirm(Users.Confirm command) {
        return requirePassword(command.caller(), command.currentPassword(), command.client())
                .compose(permission -> signIns.renew(command.caller(), command.sessionId()))
                .map(None.NONE);
    }

    private Future<?> requireProof(Caller caller, UUID sessionId, @Nullable Secret password, Client client) {
        return password == null ? signIns.requireRecent(caller, sessionId) : requirePassword(caller, password, client);
    }

    private Future<?> requirePassword(Caller caller, Secret password, Client client) {
        return users.findAccount(caller).compose(account -> currentPassword.require(account, password, client));
    }
}
