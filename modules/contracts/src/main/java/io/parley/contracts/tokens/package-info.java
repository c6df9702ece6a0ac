/** Personal tokens. */
@NullMarked
package io.parley.contracts.tokens;

import org.jspecify.annotations.NullMarked;
