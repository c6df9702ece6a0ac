package io.parley.broken.gateway.docs;

import io.parley.broken.gateway.auth.KnowsIdempotency;

/** A package must not know one that is above it. */
public record KnowsAuth(KnowsIdempotency known) {}
