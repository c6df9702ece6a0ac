/** Chat turns: running, storing, streaming and recovering them. */
@NullMarked
package io.parley.assistant.turns;

import org.jspecify.annotations.NullMarked;
