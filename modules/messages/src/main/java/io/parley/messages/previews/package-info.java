/** What lists of conversations show of their messages. */
@NullMarked
package io.parley.messages.previews;

import org.jspecify.annotations.NullMarked;
