package io.parley.contracts.users.administration;

import io.parley.contracts.users.User;
import io.parley.contracts.users.User.Theme;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Resource;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account, as administrators see it: without the instructions, which are as personal as messages. The fields are those of
 * {@link User}.
 */
public record AdministeredUser(
        UUID id,
        String email,
        boolean emailVerified,
        @Nullable String name,
        Role role,
        boolean isSuperuser,
        boolean isActive,
        Theme theme,
        String timeZone,
        @Nullable String defaultProvider,
        @Nullable String defaultModel,
        Instant createdAt,
        Instant updatedAt)
        implements Resource {}
