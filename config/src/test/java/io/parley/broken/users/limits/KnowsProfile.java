package io.parley.broken.users.limits;

import io.parley.broken.users.profile.KnowsSessions;

/** A package must not know one that is above it. */
public record KnowsProfile(KnowsSessions known) {}
