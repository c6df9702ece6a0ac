package io.parley.contracts.messages;

import io.parley.contracts.Limits;
import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A message to be stored. Fails invalid, pointing at the field, if a value exceeds its limit or does not fit the role.
 *
 * @param id chosen by the client, so that it can safely post the same message again; null generates one
 * @param parentId the live message of the same conversation that this one follows; null means the current leaf
 * @param content if there are parts, their text; null stands for it
 * @param parts texts and files, for messages of users and assistants; null if the content is everything. If they have no
 *     text, the content is put before them.
 * @param tokenCount at least 0
 * @param toolCalls a JSON array, for assistant messages only
 * @param toolResults a JSON array, required in tool messages and for them only
 * @param metadata a JSON object; null means an empty one
 */
public record MessageDraft(
        @Nullable UUID id,
        @Nullable UUID parentId,
        Role role,
        @Nullable String content,
        @Nullable List<MessagePart> parts,
        @Nullable Integer tokenCount,
        @Nullable String model,
        @Nullable Json toolCalls,
        @Nullable Json toolResults,
        @Nullable Json metadata) {
    public MessageDraft {
        if (parts != null) {
            MessagePart.check(parts);
            if (role != Role.USER && role != Role.ASSISTANT)
                throw Problem.invalid("/parts", "are for messages of users and assistants only");
            parts = complete(parts, content);
            MessagePart.check(parts);
            content = MessagePart.contentOf(parts);
        }
        Limits.checkText("/content", content, Limits.CONTENT);
        Limits.checkText("/model", model, Limits.MODEL);
        if (tokenCount != null && tokenCount < 0) throw Problem.invalid("/token_count", "must be at least 0");
        Limits.checkJson("/tool_calls", toolCalls);
        Limits.checkJson("/tool_results", toolResults);
        Limits.checkJson("/metadata", metadata);
        checkTools(role, toolCalls, toolResults);
        if ((content == null || content.isEmpty())
                && toolCalls == null
                && role != Role.TOOL
                && !MessagePart.haveFile(parts))
            throw Problem.invalid("/content", "must not be empty in a message without tool calls");
    }

    public MessageDraft(
            @Nullable UUID id,
            @Nullable UUID parentId,
            Role role,
            @Nullable String content,
            @Nullable Integer tokenCount,
            @Nullable String model,
            @Nullable Json toolCalls,
            @Nullable Json toolResults,
            @Nullable Json metadata) {
        this(id, parentId, role, content, null, tokenCount, model, toolCalls, toolResults, metadata);
    }

    private static void checkTools(Role role, @Nullable Json calls, @Nullable Json results) {
        if (calls != null && role != Role.ASSISTANT)
            throw Problem.invalid("/tool_calls", "is for assistant messages only");
        if (results != null && role != Role.TOOL) throw Problem.invalid("/tool_results", "is for tool messages only");
        if (results == null && role == Role.TOOL)
            throw Problem.invalid("/tool_results", "is required in a tool message");
    }

    private static List<MessagePart> complete(List<MessagePart> parts, @Nullable String content) {
        if (content == null || content.equals(MessagePart.contentOf(parts))) return List.copyOf(parts);
        if (parts.stream().allMatch(MessagePart::namesFile))
            return Stream.concat(Stream.of(MessagePart.text(content)), parts.stream())
                    .toList();
        throw Problem.invalid("/content", "must be the text of the parts, or absent");
    }

    /** The same message with its parts as they are stored. */
    public MessageDraft with(List<MessagePart> stored) {
        return new MessageDraft(id, parentId, role, null, stored, tokenCount, model, toolCalls, toolResults, metadata);
    }

    /** Returns this message as a reply to the given one. */
    public MessageDraft inReplyTo(UUID parent) {
        return with(id, parent);
    }

    /** The same message with this id, as a reply to the given one. */
    public MessageDraft with(@Nullable UUID id, @Nullable UUID parent) {
        return new MessageDraft(id, parent, role, content, parts, tokenCount, model, toolCalls, toolResults, metadata);
    }
}
