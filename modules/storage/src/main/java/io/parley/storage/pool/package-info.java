/** Statements on pooled connections: pools per event loop, queues, batches and transactions; knows nothing of queries and rows. */
@NullMarked
package io.parley.storage.pool;

import org.jspecify.annotations.NullMarked;
