package io.parley.broken.users.profile;

import io.parley.broken.users.sessions.KnowsSignin;

/** A package must not know one that is above it. */
public record KnowsSessions(KnowsSignin known) {}
