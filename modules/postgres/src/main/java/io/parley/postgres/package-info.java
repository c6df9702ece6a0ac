/** Reaching a PostgreSQL server: its URL, TLS and JDBC connections. */
@NullMarked
package io.parley.postgres;

import org.jspecify.annotations.NullMarked;
