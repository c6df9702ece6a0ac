package io.parley.users.sessions;

import java.util.UUID;

/** A session that has got a new refresh token. */
record Opened(UUID userId, UUID familyId) {}
