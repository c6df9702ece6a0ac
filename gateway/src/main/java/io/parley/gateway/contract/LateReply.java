package io.parley.gateway.contract;

import io.vertx.core.Future;

/** The immediate reply of a handler whose result takes longer than other results: the deadline is extended until the result is ready. */
public record LateReply(Future<? extends Record> reply) {}
