/** Connections to the database: pools per event loop, deadlines and batching. */
@NullMarked
package io.parley.storage.pool;

import org.jspecify.annotations.NullMarked;
