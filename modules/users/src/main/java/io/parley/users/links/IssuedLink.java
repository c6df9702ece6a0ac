package io.parley.users.links;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose token it is and what for.
 *
 * @param email the address that it is about; null if it was not mailed
 */
public record IssuedLink(
        UUID userId, LinkPurpose purpose, @Nullable String email) {}
