/** The programs of PostgreSQL: unpacked from the class path and run under an account that the server accepts. */
@NullMarked
package io.parley.postgres.programs;

import org.jspecify.annotations.NullMarked;
