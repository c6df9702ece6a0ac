/** The pool, the embedded PostgreSQL and the migrations. */
@NullMarked
package io.parley.storage;

import org.jspecify.annotations.NullMarked;
