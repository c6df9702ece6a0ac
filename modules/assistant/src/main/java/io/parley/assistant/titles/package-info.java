/** Titles of conversations: the first line at once, and a better one from a model later. */
@NullMarked
package io.parley.assistant.titles;

import org.jspecify.annotations.NullMarked;
