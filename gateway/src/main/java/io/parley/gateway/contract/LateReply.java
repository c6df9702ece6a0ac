package io.parley.gateway.contract;

import io.vertx.core.Future;

/** What a handler replies at once if its reply will take longer than others: the deadline for the answer is put off until then. */
public record LateReply(Future<? extends Record> reply) {}
