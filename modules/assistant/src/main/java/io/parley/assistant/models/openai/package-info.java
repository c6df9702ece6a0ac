/** Models behind OpenAI's chat completions API. */
@NullMarked
package io.parley.assistant.models.openai;

import org.jspecify.annotations.NullMarked;
