/** Server-sent events: the events of chat turns, and the changes in a user's data. */
@NullMarked
package io.parley.gateway.streams;

import org.jspecify.annotations.NullMarked;
