package io.parley.users.signin;

import io.parley.contracts.audit.Origin;
import io.parley.contracts.audit.SecurityEvent;
import io.parley.contracts.audit.SecurityEventType;
import io.parley.contracts.users.Users.Client;
import io.parley.storage.Database;
import io.parley.users.limits.LimitNotice;
import io.parley.users.profile.Account;
import io.parley.users.profile.UserStore;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records attempts to sign in that fail. They are recorded before the answer, and for unknown accounts as well, which takes the same time. */
public final class SignInFailures implements LimitNotice {
    private final Database database;
    private final UserStore users;

    public SignInFailures(Database database, UserStore users) {
        this.database = database;
        this.users = users;
    }

    /**
     * Records a failed login, and returns empty.
     *
     * @param userId null if there is no such account, whose e-mail address is not recorded
     */
    Future<Optional<Account>> refuse(@Nullable UUID userId, String reason, Client client) {
        return record(SecurityEventType.SIGN_IN_FAILED, userId, "password", reason, client);
    }

    /**
     * Records a wrong code or credential, and returns empty.
     *
     * @param userId null if it is nobody's
     */
    public <T> Future<Optional<T>> refuse(@Nullable UUID userId, String method, String reason, Client client) {
        return record(SecurityEventType.SIGN_IN_FAILED, userId, method, reason, client)
                .map(Optional.empty());
    }

    /** Records a wrong password of somebody who is signed in, and returns empty. */
    Future<Optional<Account>> refuseConfirmation(UUID userId, Client client) {
        return record(SecurityEventType.SIGN_IN_FAILED, userId, "current_password", "wrong_password", client);
    }

    @Override
    public Future<Void> limited(Client client, @Nullable String email) {
        return (email == null ? Future.succeededFuture(Optional.<Account>empty()) : users.findByEmail(email))
                .map(found -> found.map(account -> account.user().id()).orElse(null))
                .compose(userId -> record(
                        SecurityEventType.SIGN_IN_LIMITED,
                        userId,
                        "password",
                        email == null ? "too_many_from_address" : "too_many_for_account",
                        client))
                .mapEmpty();
    }

    private Future<Optional<Account>> record(
            SecurityEventType type, @Nullable UUID userId, String method, String reason, Client client) {
        return database.record(SecurityEvent.about(type, userId, null, Origin.of(client))
                        .with("method", method)
                        .with("reason", reason))
                .map(Optional.empty());
    }
}
