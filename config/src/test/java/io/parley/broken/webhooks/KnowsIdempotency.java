package io.parley.broken.webhooks;

import io.parley.broken.idempotency.KnowsMessages;

/** No module knows a sibling, and only its verticle is public. */
public record KnowsIdempotency(KnowsMessages known) {}
