/** The address of a PostgreSQL server, TLS modes and JDBC connections. */
@NullMarked
package io.parley.postgres;

import org.jspecify.annotations.NullMarked;
