/** Connections to the database: pools per event loop, deadlines and batches; knows nothing of queries and rows. */
@NullMarked
package io.parley.storage.pool;

import org.jspecify.annotations.NullMarked;
