package io.parley.broken.config.serve;

import io.parley.broken.config.cli.KnowsMain;

/** The classes of the command line cannot be archived. */
record KnowsCli(KnowsMain known) {}
