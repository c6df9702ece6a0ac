/** Splits the body of an answer into events: lines, server-sent events, and JSON documents that stand alone. */
@NullMarked
package io.parley.assistant.models.openai.stream;

import org.jspecify.annotations.NullMarked;
