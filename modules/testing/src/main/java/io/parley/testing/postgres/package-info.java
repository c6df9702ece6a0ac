/** A PostgreSQL server and a database for each test class. */
@NullMarked
package io.parley.testing.postgres;

import org.jspecify.annotations.NullMarked;
