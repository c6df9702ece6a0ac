package io.parley.users.profile;

import io.parley.contracts.users.User;

/** A user together with what proves who it is. */
public record Account(User user, String passwordHash) {
    Account withHash(String hash) {
        return new Account(user, hash);
    }
}
