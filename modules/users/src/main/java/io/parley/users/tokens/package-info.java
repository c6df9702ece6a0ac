/** Personal tokens. */
@NullMarked
package io.parley.users.tokens;

import org.jspecify.annotations.NullMarked;
