package io.parley.broken.transfer.openwebui;

import io.parley.broken.transfer.librechat.KnowsSharegpt;

/** A package must not know one that is above it. */
public record KnowsLibrechat(KnowsSharegpt known) {}
