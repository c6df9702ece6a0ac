/** The texts of messages as they are stored: clear, or sealed in encrypted conversations. */
@NullMarked
package io.parley.messages.sealing;

import org.jspecify.annotations.NullMarked;
