package io.parley.contracts.users;

import io.parley.kernel.Caller.Role;
import io.parley.kernel.Resource;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account, as its owner sees it. Administrators see an {@code AdministeredUser}.
 *
 * @param emailVerified whether its owner has shown to read mail to the address
 * @param pendingEmail the address that is to take its place when it is confirmed; null if there is none
 * @param isSuperuser whether the role is admin; the database derives it, so it cannot be set
 * @param timeZone one of {@link TimeZones}; decides when the user's days begin and end
 * @param language of the web app, a BCP 47 tag; null for the browser's
 * @param instructions for the model in every turn of the user; null if there are none
 * @param defaultProvider that answers if neither turn nor conversation name a provider or a model; null for the first one that
 *     has the model
 * @param defaultModel the provider's name for it; null for the provider's first model, or for the default of the settings if
 *     the provider is null as well
 * @param encryptByDefault whether conversations and tasks are encrypted if their maker does not say
 */
public record User(
        UUID id,
        String email,
        boolean emailVerified,
        @Nullable String pendingEmail,
        @Nullable String name,
        Role role,
        boolean isSuperuser,
        boolean isActive,
        Theme theme,
        String timeZone,
        @Nullable String language,
        @Nullable String instructions,
        @Nullable String defaultProvider,
        @Nullable String defaultModel,
        boolean encryptByDefault,
        Instant createdAt,
        Instant updatedAt)
        implements Resource {
    /** In the browser's language, and without a wish to encrypt. */
    public User(
            UUID id,
            String email,
            boolean emailVerified,
            @Nullable String pendingEmail,
            @Nullable String name,
            Role role,
            boolean isSuperuser,
            boolean isActive,
            Theme theme,
            String timeZone,
            @Nullable String instructions,
            @Nullable String defaultProvider,
            @Nullable String defaultModel,
            Instant createdAt,
            Instant updatedAt) {
        this(
                id,
                email,
                emailVerified,
                pendingEmail,
                name,
                role,
                isSuperuser,
                isActive,
                theme,
                timeZone,
                null,
                instructions,
                defaultProvider,
                defaultModel,
                false,
                createdAt,
                updatedAt);
    }

    public enum Theme {
        SYSTEM,
        LIGHT,
        DARK
    }
}
