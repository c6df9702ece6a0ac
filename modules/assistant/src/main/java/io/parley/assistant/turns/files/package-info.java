/** The files that messages name, on their way to a model. */
@NullMarked
package io.parley.assistant.turns.files;

import org.jspecify.annotations.NullMarked;
