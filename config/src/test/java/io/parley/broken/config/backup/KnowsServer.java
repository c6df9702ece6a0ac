package io.parley.broken.config.backup;

import io.parley.broken.config.server.KnowsCli;

/** The server makes backups, not the other way round. */
record KnowsServer(KnowsCli server) {}
