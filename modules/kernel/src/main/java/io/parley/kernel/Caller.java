package io.parley.kernel;

import java.util.UUID;

/** Who asks. Made by the gateway from a verified access token and by nobody else. */
public record Caller(UUID userId, Role role) {
    public enum Role {
        USER,
        ADMIN
    }
    /** Fails forbidden for whom the access token does not call an administrator. */
    public void requireAdmin() {
        if (role != Role.ADMIN) throw Problem.adminsOnly();
    }
}
