package io.parley.broken.users.keys;

import io.parley.broken.users.profile.KnowsSessions;

/** A package must not know one that is above it. */
public record KnowsProfile(KnowsSessions known) {}
