package io.parley.broken.gateway.connections;

import io.parley.broken.gateway.http.KnowsContract;

/** A package must not know one that is above it. */
public record KnowsHttp(KnowsContract known) {}
