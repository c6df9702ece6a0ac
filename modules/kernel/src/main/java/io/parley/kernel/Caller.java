package io.parley.kernel;

import java.util.UUID;

/** Who asks. Made by the gateway from a verified access token and by nobody else. */
public record Caller(UUID userId, Role role) {
    public enum Role {
        USER,
        ADMIN
    }
}
