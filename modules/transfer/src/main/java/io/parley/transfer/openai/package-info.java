/** Reads messages in the form of OpenAI's chat API. */
@NullMarked
package io.parley.transfer.openai;

import org.jspecify.annotations.NullMarked;
