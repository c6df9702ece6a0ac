package io.parley.broken.tasks;

import org.postgresql.copy.CopyManager;

/** Only backups do. */
record Copies(CopyManager copies) {}
