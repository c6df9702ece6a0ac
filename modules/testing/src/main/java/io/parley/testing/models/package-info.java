/** A scripted server that speaks OpenAI's chat completions. */
@NullMarked
package io.parley.testing.models;

import org.jspecify.annotations.NullMarked;
