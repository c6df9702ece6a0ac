/** What a user typed as words, and what can be read in them without knowing the command. */
@NullMarked
package io.parley.assistant.commands.sentences;

import org.jspecify.annotations.NullMarked;
