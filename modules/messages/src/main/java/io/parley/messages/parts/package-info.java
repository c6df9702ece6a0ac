/** The parts of messages: how they are stored, and whether the user has the files that they name. */
@NullMarked
package io.parley.messages.parts;

import org.jspecify.annotations.NullMarked;
