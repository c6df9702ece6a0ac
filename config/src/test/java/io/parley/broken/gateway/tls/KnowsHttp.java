package io.parley.broken.gateway.tls;

import io.parley.broken.gateway.http.KnowsContract;

/** A package must not know one beside it. */
public record KnowsHttp(KnowsContract known) {}
