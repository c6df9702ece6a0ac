/** The offline command language, which answers if no model is configured. */
@NullMarked
package io.parley.assistant.commands;

import org.jspecify.annotations.NullMarked;
