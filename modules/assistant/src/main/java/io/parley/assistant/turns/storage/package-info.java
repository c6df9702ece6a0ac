/** What is stored of a turn: its row, its events and its messages. Stored first, then published. */
@NullMarked
package io.parley.assistant.turns.storage;

import org.jspecify.annotations.NullMarked;
