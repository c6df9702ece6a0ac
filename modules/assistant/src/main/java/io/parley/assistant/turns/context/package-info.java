/** The prompt of a turn: its model, instructions and tools, and the part of the conversation that fits. */
@NullMarked
package io.parley.assistant.turns.context;

import org.jspecify.annotations.NullMarked;
