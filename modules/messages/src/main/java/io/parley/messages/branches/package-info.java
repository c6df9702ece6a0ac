/** SQL about the branches of a conversation: who may change them at a time, and which message is the next or the last of one. */
@NullMarked
package io.parley.messages.branches;

import org.jspecify.annotations.NullMarked;
