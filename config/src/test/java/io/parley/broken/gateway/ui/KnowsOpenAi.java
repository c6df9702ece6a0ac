package io.parley.broken.gateway.ui;

import io.parley.broken.gateway.openai.KnowsMcp;

/** A door must not know another one. */
public record KnowsOpenAi(KnowsMcp known) {}
