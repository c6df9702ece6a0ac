/** The door for OpenAI's libraries, over HTTP as they use it. */
@NullMarked
package io.parley.config.system.openai;

import org.jspecify.annotations.NullMarked;
