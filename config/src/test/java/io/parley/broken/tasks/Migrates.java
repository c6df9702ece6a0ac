package io.parley.broken.tasks;

import org.flywaydb.core.Flyway;

/** Only storage does. */
record Migrates(Flyway flyway) {}
