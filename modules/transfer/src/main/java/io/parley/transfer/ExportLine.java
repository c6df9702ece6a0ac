package io.parley.transfer;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.messages.Message;
import io.parley.json.JsonForm;
import io.parley.kernel.Json;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The parts of a line with a conversation, whose messages are written as they are read. */
final class ExportLine {
    private record Head(
            String type,
            UUID id,
            @Nullable String title,
            @Nullable String description,
            Json metadata,
            Instant createdAt,
            Instant updatedAt) {}

    static Buffer begin(Conversation conversation) {
        var head = JsonForm.write(new Head(
                "conversation",
                conversation.id(),
                conversation.title(),
                conversation.description(),
                conversation.metadata(),
                conversation.createdAt(),
                conversation.updatedAt()));
        return head.getBuffer(0, head.length() - 1).appendString(",\"messages\":[");
    }

    static Buffer message(Message message) {
        return JsonForm.write(new MessageForm(
                message.id(),
                message.parentId(),
                message.role(),
                message.content(),
                message.tokenCount(),
                message.model(),
                message.toolCalls(),
                message.toolResults(),
                message.metadata(),
                message.createdAt(),
                message.updatedAt()));
    }

    static Buffer end() {
        return Buffer.buffer("]}\n");
    }

    private ExportLine() {}
}
