/** What the conversations module answers. */
@NullMarked
package io.parley.contracts.conversations;

import org.jspecify.annotations.NullMarked;
