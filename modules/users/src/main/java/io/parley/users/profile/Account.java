package io.parley.users.profile;

import io.parley.contracts.users.User;
import org.jspecify.annotations.Nullable;

/**
 * A user with the hash of the password. The hash never leaves the users module.
 *
 * @param passwordHash null if the account has no password, so that none is right
 */
public record Account(User user, @Nullable String passwordHash) {
    public Account withPasswordHash(String hash) {
        return new Account(user, hash);
    }
}
