package io.parley.broken.files;

import io.parley.broken.tasks.KnowsGateway;

/** No module knows a sibling, and only its verticle is public. */
public record KnowsTasks(KnowsGateway known) {}
