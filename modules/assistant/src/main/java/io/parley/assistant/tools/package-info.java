/** Tools that a model can call. */
@NullMarked
package io.parley.assistant.tools;

import org.jspecify.annotations.NullMarked;
