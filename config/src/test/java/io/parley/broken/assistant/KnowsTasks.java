package io.parley.broken.assistant;

import io.parley.broken.tasks.KnowsGateway;

/** The assistant asks the others over the bus. */
record KnowsTasks(KnowsGateway known) {}
