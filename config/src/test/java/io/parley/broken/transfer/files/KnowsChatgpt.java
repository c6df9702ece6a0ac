package io.parley.broken.transfer.files;

import io.parley.broken.transfer.chatgpt.KnowsDocument;

/** A package must not know one that is beside it. */
public record KnowsChatgpt(KnowsDocument known) {}
