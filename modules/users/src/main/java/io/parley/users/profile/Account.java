package io.parley.users.profile;

import io.parley.contracts.users.User;

/** A user with the hash of the password. The hash never leaves the users module. */
public record Account(User user, String passwordHash) {
    public Account withPasswordHash(String hash) {
        return new Account(user, hash);
    }
}
