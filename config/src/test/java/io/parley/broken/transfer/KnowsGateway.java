package io.parley.broken.transfer;

import io.parley.broken.gateway.KnowsAStore;

/** The transfer knows the contracts and their JSON. */
record KnowsGateway(KnowsAStore known) {}
