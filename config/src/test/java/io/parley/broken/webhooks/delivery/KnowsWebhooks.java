package io.parley.broken.webhooks.delivery;

import io.parley.broken.webhooks.KnowsIdempotency;

/** Deliveries know nothing of what owners do with webhooks. */
record KnowsWebhooks(KnowsIdempotency known) {}
