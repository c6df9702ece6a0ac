/** Reads an answer of OpenAI's chat completions API, and of the many servers that almost have that API. */
@NullMarked
package io.parley.assistant.models.openai.reply;

import org.jspecify.annotations.NullMarked;
