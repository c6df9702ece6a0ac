/** Messages as OpenAI's items: read from a request, written into an answer, listed in pages. */
@NullMarked
package io.parley.gateway.openai.items;

import org.jspecify.annotations.NullMarked;
