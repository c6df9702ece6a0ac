package io.parley.broken.users.oidc;

import io.parley.broken.users.administration.KnowsKeys;

/** A package must not know one that is above it. */
public record KnowsAdministration(KnowsKeys known) {}
