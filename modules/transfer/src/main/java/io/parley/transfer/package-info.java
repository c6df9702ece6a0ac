/** Export and import of everything a user owns, as JSON Lines, using the other modules over the bus only. */
@NullMarked
package io.parley.transfer;

import org.jspecify.annotations.NullMarked;
