package io.parley.broken.transfer.document;

import io.parley.broken.transfer.chatgpt.KnowsDocument;

/** A package must not know one that is above it. */
public record KnowsChatgpt(KnowsDocument known) {}
