/** Server-sent events: turns and changes. */
@NullMarked
package io.parley.gateway.streams;

import org.jspecify.annotations.NullMarked;
