package io.parley.contracts.users.administration;

import io.parley.contracts.users.User;
import io.parley.contracts.users.User.Theme;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Micros;
import io.parley.kernel.Resource;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account, as administrators see it: without the instructions, which are as personal as messages. The fields are those of
 * {@link User}.
 *
 * @param hasTotp whether sign-in asks for codes of an authenticator app
 * @param passkeys their number
 * @param lastSignInAt of the sessions that are still kept; null if there are none
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
        Instant updatedAt,
        boolean hasTotp,
        int passkeys,
        @Nullable Instant lastSignInAt)
        implements Resource {

    public AdministeredUser with(boolean totp, int passkeysOfTheUser, @Nullable Instant lastSignIn) {
        return new AdministeredUser(
                id,
                email,
                emailVerified,
                name,
                role,
                isSuperuser,
                isActive,
                theme,
                timeZone,
                defaultProvider,
                defaultModel,
                createdAt,
                updatedAt,
                totp,
                passkeysOfTheUser,
                lastSignIn);
    }

    /** How the user signs in is no part of the version. */
    @Override
    public String variant() {
        return (hasTotp ? "totp" : "")
                + passkeys
                + (lastSignInAt == null ? "" : "." + Long.toString(Micros.of(lastSignInAt), 36));
    }
}
