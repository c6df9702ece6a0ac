/** The PostgreSQL server that Parley starts and supervises itself. */
@NullMarked
package io.parley.postgres.embedded;

import org.jspecify.annotations.NullMarked;
