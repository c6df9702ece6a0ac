package io.parley.transfer.lines;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.messages.Message;
import io.parley.json.JsonForm;
import io.parley.kernel.Json;
import io.parley.transfer.sources.Feedback;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the line of a conversation piece by piece, because its messages do not fit into memory at once. */
public final class ExportedConversation {
    private record Head(
            String type,
            UUID id,
            @Nullable String title,
            @Nullable String description,
            Json metadata,
            @Nullable String instructions,
            @Nullable String provider,
            @Nullable String model,
            @Nullable UUID currentLeaf,
            @Nullable Boolean encrypted,
            boolean pinned,
            boolean archived,
            List<String> tags,
            Instant createdAt,
            Instant updatedAt) {}

    /** The conversation up to the bracket that its messages, separated by commas, follow. */
    public static Buffer begin(Conversation conversation) {
        var head = JsonForm.write(new Head(
                "conversation",
                conversation.id(),
                conversation.title(),
                conversation.description(),
                conversation.metadata(),
                conversation.instructions(),
                conversation.provider(),
                conversation.model(),
                conversation.currentLeaf(),
                conversation.encrypted() ? true : null,
                conversation.pinned(),
                conversation.archived(),
                conversation.tags(),
                conversation.createdAt(),
                conversation.updatedAt()));
        return head.getBuffer(0, head.length() - 1).appendString(",\"messages\":[");
    }

    /** One message, without a comma. */
    public static Buffer message(Message message) {
        return JsonForm.write(new MessageLine(
                message.id(),
                message.parentId(),
                message.role(),
                message.content(),
                message.parts(),
                message.reasoning(),
                message.tokenCount(),
                message.model(),
                message.toolCalls(),
                message.toolResults(),
                message.metadata(),
                message.feedback() == null
                        ? null
                        : new Feedback(
                                message.feedback().rating(), message.feedback().comment()),
                message.createdAt(),
                message.updatedAt()));
    }

    /** The end of the line, including the line break. */
    public static Buffer end() {
        return Buffer.buffer("]}\n");
    }

    private ExportedConversation() {}
}
