/** What the model of a turn is told: which model it is, its instructions and tools, and the part of the conversation that fits. */
@NullMarked
package io.parley.assistant.turns.context;

import org.jspecify.annotations.NullMarked;
