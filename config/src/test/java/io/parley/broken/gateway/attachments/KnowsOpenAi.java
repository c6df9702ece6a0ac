package io.parley.broken.gateway.attachments;

import io.parley.broken.gateway.openai.KnowsMcp;

/** What doors share must not know a door. */
public record KnowsOpenAi(KnowsMcp known) {}
