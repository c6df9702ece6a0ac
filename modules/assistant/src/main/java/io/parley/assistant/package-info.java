/** The assistant: chat turns with a language model that can use tools. */
@NullMarked
package io.parley.assistant;

import org.jspecify.annotations.NullMarked;
