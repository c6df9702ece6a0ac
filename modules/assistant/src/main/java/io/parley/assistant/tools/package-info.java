/** Tools that a model, or any other caller, can run for a user. */
@NullMarked
package io.parley.assistant.tools;

import org.jspecify.annotations.NullMarked;
