package io.parley.broken.config.operations;

import io.parley.broken.config.cli.KnowsMain;

/** The command line has these commands. */
record KnowsCli(KnowsMain commands) {}
