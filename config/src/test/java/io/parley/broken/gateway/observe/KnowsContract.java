package io.parley.broken.gateway.observe;

import io.parley.broken.gateway.contract.KnowsAuth;

/** A package must not know one that is above it. */
public record KnowsContract(KnowsAuth known) {}
