package io.parley.broken.gateway;

import io.parley.broken.tasks.KnowsGateway;

/** The gateway knows no module. */
public record KnowsAStore(KnowsGateway known) {}
