/** Conversations: who owns them, who may post to them, and their trash. */
@NullMarked
package io.parley.conversations;

import org.jspecify.annotations.NullMarked;
