package io.parley.contracts.users;

import io.parley.kernel.Caller.Role;
import io.parley.kernel.Resource;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An account, as its owner sees it. */
public record User(
        UUID id,
        String email,
        @Nullable String name,
        Role role,
        boolean isActive,
        Theme theme,
        Instant createdAt,
        Instant updatedAt)
        implements Resource {
    public enum Theme {
        SYSTEM,
        LIGHT,
        DARK
    }
}
