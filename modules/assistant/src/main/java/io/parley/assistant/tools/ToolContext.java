package io.parley.assistant.tools;

import io.parley.kernel.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * For whom a tool does something.
 *
 * @param conversationId in which it is asked for; null where that is no conversation
 */
public record ToolContext(Caller caller, @Nullable UUID conversationId) {}
