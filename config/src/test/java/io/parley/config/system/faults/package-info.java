/** Kills, faults of the database, slow clients and shutdown. */
@NullMarked
package io.parley.config.system.faults;

import org.jspecify.annotations.NullMarked;
