/** Conversations with what lists show of their messages. */
@NullMarked
package io.parley.gateway.routes.previews;

import org.jspecify.annotations.NullMarked;
