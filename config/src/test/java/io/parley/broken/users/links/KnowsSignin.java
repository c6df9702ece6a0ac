package io.parley.broken.users.links;

import io.parley.broken.users.signin.KnowsAdministration;

/** A package must not know one that is above it. */
public record KnowsSignin(KnowsAdministration known) {}
