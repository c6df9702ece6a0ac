/** Conversations with the assistant. */
@NullMarked
package io.parley.config.system.chat;

import org.jspecify.annotations.NullMarked;
