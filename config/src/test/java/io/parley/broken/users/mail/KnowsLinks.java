package io.parley.broken.users.mail;

import io.parley.broken.users.links.KnowsSignin;

/** A package must not know one that is above it. */
public record KnowsLinks(KnowsSignin known) {}
