package io.parley.contracts.messages;

import io.parley.contracts.Limits;
import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message to be stored.
 *
 * @param id the caller's own id, under which the same message can be posted again; null leaves it to be made
 */
public record MessageDraft(
        @Nullable UUID id,
        @Nullable UUID parentId,
        Role role,
        @Nullable String content,
        @Nullable Integer tokenCount,
        @Nullable String model,
        @Nullable Json toolCalls,
        @Nullable Json toolResults,
        @Nullable Json metadata) {
    public MessageDraft {
        Limits.checkText("/content", content, Limits.CONTENT);
        Limits.checkText("/model", model, Limits.MODEL);
        if (tokenCount != null && tokenCount < 0) throw Problem.invalid("/token_count", "must be at least 0");
        Limits.checkJson("/tool_calls", toolCalls);
        Limits.checkJson("/tool_results", toolResults);
        Limits.checkJson("/metadata", metadata);
        if (toolCalls != null && role != Role.ASSISTANT)
            throw Problem.invalid("/tool_calls", "is for assistant messages only");
        if (toolResults != null && role != Role.TOOL)
            throw Problem.invalid("/tool_results", "is for tool messages only");
        if (toolResults == null && role == Role.TOOL)
            throw Problem.invalid("/tool_results", "is required in a tool message");
        if ((content == null || content.isEmpty()) && toolCalls == null && role != Role.TOOL)
            throw Problem.invalid("/content", "must not be empty in a message without tool calls");
    }

    /** The same message as a reply to another one. */
    public MessageDraft inReplyTo(UUID parent) {
        return new MessageDraft(id, parent, role, content, tokenCount, model, toolCalls, toolResults, metadata);
    }
}
