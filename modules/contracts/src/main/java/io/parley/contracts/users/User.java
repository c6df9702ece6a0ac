package io.parley.contracts.users;

import io.parley.kernel.Caller.Role;
import io.parley.kernel.Resource;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account, as its owner and administrators see it.
 *
 * @param isSuperuser whether the role is admin; the database derives it, so it cannot be set
 * @param timeZone one of {@link TimeZones}; decides when the user's days begin and end
 */
public record User(
        UUID id,
        String email,
        @Nullable String name,
        Role role,
        boolean isSuperuser,
        boolean isActive,
        Theme theme,
        String timeZone,
        Instant createdAt,
        Instant updatedAt)
        implements Resource {
    public enum Theme {
        SYSTEM,
        LIGHT,
        DARK
    }
}
