package io.parley.broken.postgres;

import io.vertx.core.Vertx;

/** The postgres module must not use Vert.x. */
public record UsesVertx(Vertx vertx) {}
