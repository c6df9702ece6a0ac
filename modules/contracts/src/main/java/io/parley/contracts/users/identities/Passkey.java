package io.parley.contracts.users.identities;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A passkey of a user.
 *
 * @param backedUp whether it is in several places, such as on all devices of an account with its maker
 * @param transports how browsers reach it, in the words of WebAuthn
 */
public record Passkey(
        UUID id,
        String name,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        boolean backedUp,
        List<String> transports) {}
