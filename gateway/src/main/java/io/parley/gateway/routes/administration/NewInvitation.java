package io.parley.gateway.routes.administration;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.parley.contracts.users.administration.Invitations;
import io.parley.gateway.auth.TokenResponse.Revealed;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Secret;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An invitation with its token, which is shown this once.
 *
 * @param url the page to register at
 */
record NewInvitation(
        UUID id,
        @Nullable String email,
        Role role,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant usedAt,
        @JsonSerialize(using = Revealed.class) Secret token,
        @JsonSerialize(using = Revealed.class) Secret url) {

    static NewInvitation of(Invitations.Created created, String publicUrl) {
        var invitation = created.invitation();
        return new NewInvitation(
                invitation.id(),
                invitation.email(),
                invitation.role(),
                invitation.createdAt(),
                invitation.expiresAt(),
                invitation.usedAt(),
                created.token(),
                created.url(publicUrl));
    }
}
