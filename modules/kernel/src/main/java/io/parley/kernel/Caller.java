package io.parley.kernel;

import java.util.UUID;

/** The user on whose behalf a request is made. Only the gateway creates one, from a verified access token. */
public record Caller(UUID userId, Role role) {
    public enum Role {
        USER,
        ADMIN
    }

    /** Fails forbidden unless the access token names an administrator. */
    public void requireAdmin() {
        if (role != Role.ADMIN) throw Problem.adminsOnly();
    }
}
