package io.parley.broken.changes;

import io.parley.broken.retries.KnowsMessages;

/** No module knows a sibling, and only its verticle is public. */
public record KnowsRetries(KnowsMessages known) {}
