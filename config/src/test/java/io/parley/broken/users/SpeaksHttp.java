package io.parley.broken.users;

import io.vertx.ext.web.RoutingContext;

/** Only the gateway does. */
record SpeaksHttp(RoutingContext context) {}
