/** Test fixtures that all modules share. */
@NullMarked
package io.parley.testing;

import org.jspecify.annotations.NullMarked;
