/** The door for OpenAI's libraries: its HTTP API at {@code /v1}, over Parley's conversations, messages and turns. */
@NullMarked
package io.parley.gateway.openai;

import org.jspecify.annotations.NullMarked;
