package io.parley.broken.conversations;

import io.vertx.core.eventbus.EventBus;

/** Only the bus does. */
record TouchesTheEventBus(EventBus events) {}
