package io.parley.broken.json;

import io.parley.broken.storage.KnowsUsers;

/** JSON may know the kernel only. */
record KnowsStorage(KnowsUsers known) {}
