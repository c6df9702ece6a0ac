/** The part of a conversation that is sent to a model, in a form that every provider accepts. */
@NullMarked
package io.parley.assistant.history;

import org.jspecify.annotations.NullMarked;
