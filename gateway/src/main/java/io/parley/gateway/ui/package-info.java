/** The door for the AI SDK: {@code useChat} over Parley's conversations, messages and turns. */
@NullMarked
package io.parley.gateway.ui;

import org.jspecify.annotations.NullMarked;
