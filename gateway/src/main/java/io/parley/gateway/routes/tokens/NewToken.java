package io.parley.gateway.routes.tokens;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.parley.contracts.tokens.Tokens;
import io.parley.gateway.auth.TokenResponse.Revealed;
import io.parley.kernel.Resource;
import io.parley.kernel.Secret;
import io.parley.kernel.access.Scope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A personal token with the token itself, which is shown this once. */
record NewToken(
        UUID id,
        String name,
        List<Scope> scopes,
        String hint,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant expiresAt,
        @JsonSerialize(using = Revealed.class) Secret token)
        implements Resource {

    static NewToken of(Tokens.Created created) {
        var token = created.token();
        return new NewToken(
                token.id(),
                token.name(),
                token.scopes(),
                token.hint(),
                token.createdAt(),
                token.lastUsedAt(),
                token.expiresAt(),
                created.secret());
    }

    /** A token never changes. */
    @Override
    public Instant updatedAt() {
        return createdAt;
    }
}
