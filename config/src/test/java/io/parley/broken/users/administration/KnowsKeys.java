package io.parley.broken.users.administration;

import io.parley.broken.users.keys.KnowsProfile;

/** A package must not know one that is above it. */
public record KnowsKeys(KnowsProfile known) {}
