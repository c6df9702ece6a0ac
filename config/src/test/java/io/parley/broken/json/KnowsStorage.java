package io.parley.broken.json;

import io.parley.broken.storage.KnowsUsers;

/** JSON knows the kernel and the contracts alone. */
record KnowsStorage(KnowsUsers known) {}
