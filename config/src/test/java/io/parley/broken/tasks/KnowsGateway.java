package io.parley.broken.tasks;

import io.parley.broken.gateway.KnowsAStore;

/** No module knows the gateway, and only its verticle is public. */
public record KnowsGateway(KnowsAStore known) {}
