package io.parley.assistant.tools;

import io.parley.kernel.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The user and the conversation for which a tool runs.
 *
 * @param conversationId null if the tool is not called from a conversation
 */
public record ToolContext(Caller caller, @Nullable UUID conversationId) {}
