package io.parley.broken.retention;

import io.parley.broken.tasks.KnowsGateway;

/** Retention may know the kernel and the contracts only. */
public record KnowsTasks(KnowsGateway known) {}
