/** Records as JSON in the contract's spelling, and JSON read without guessing. */
@NullMarked
package io.parley.json;

import org.jspecify.annotations.NullMarked;
