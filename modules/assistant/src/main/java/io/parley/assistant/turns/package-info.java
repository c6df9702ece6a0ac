/** Chat turns: how they start, run and end, and what is stored and published of them. */
@NullMarked
package io.parley.assistant.turns;

import org.jspecify.annotations.NullMarked;
