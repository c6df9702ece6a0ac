package io.parley.broken.config.start;

import io.parley.broken.config.server.KnowsCli;

/** Before a second process runs, as few classes as possible are loaded. */
record KnowsServer(KnowsCli server) {}
