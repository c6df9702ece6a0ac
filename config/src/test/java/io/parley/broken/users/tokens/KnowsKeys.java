package io.parley.broken.users.tokens;

import io.parley.broken.users.keys.KnowsProfile;

/** A package must not know one beside it. */
public record KnowsKeys(KnowsProfile known) {}
