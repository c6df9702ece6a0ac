package io.parley.broken.idempotency;

import io.parley.broken.messages.KnowsTasks;

/** No module knows a sibling, and only its verticle is public. */
public record KnowsMessages(KnowsTasks known) {}
