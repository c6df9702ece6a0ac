/** Turns of chat with a language model, and the tools that it may use. */
@NullMarked
package io.parley.assistant;

import org.jspecify.annotations.NullMarked;
