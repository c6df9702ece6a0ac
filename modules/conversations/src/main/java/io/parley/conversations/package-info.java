/** Conversations and who may write to them. */
@NullMarked
package io.parley.conversations;

import org.jspecify.annotations.NullMarked;
