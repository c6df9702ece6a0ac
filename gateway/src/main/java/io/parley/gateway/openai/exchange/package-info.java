/** A request at this door and what it is answered with: its fields, the ids in it and the errors. */
@NullMarked
package io.parley.gateway.openai.exchange;

import org.jspecify.annotations.NullMarked;
