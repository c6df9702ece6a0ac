/** All that a user has, out as lines of JSON and in again; over the bus alone. */
@NullMarked
package io.parley.transfer;

import org.jspecify.annotations.NullMarked;
