/** Queries with named parameters, rows, listings and errors over the connection pool. */
@NullMarked
package io.parley.storage;

import org.jspecify.annotations.NullMarked;
