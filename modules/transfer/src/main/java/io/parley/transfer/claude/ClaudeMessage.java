package io.parley.transfer.claude;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.contracts.messages.Message.Role;
import io.parley.transfer.sources.Attachments;
import io.parley.transfer.sources.ContentBlocks;
import io.parley.transfer.sources.Roles;
import io.parley.transfer.sources.SourceFields;

/** One message of a Claude export, whose content consists of blocks; each call of a tool and each result ends a message of ours. */
final class ClaudeMessage {
    private final Role role;
    private final JsonNode message;

    /** Fails invalid, with this pointer, if it is neither the human's nor the assistant's. */
    ClaudeMessage(String pointer, JsonNode message) {
        this.role = Roles.of(pointer + "/sender", message.path("sender").asText());
        this.message = message;
    }

    ContentBlocks.Split read() {
        var blocks = new ContentBlocks(role);
        message.path("content").forEach(blocks::add);
        if (!blocks.hasText()) addText(blocks);
        SourceFields.stream(message.path("attachments")).forEach(file -> attach(blocks, file));
        for (var list : new String[] {"files", "files_v2"})
            SourceFields.stream(message.path(list)).forEach(file -> attach(blocks, file));
        return blocks.split();
    }

    private void addText(ContentBlocks blocks) {
        var text = SourceFields.text(message, "text");
        if (text != null) blocks.last().append(text);
    }

    // A long text that was pasted is an attachment. It is the message if nothing else is.
    private static void attach(ContentBlocks blocks, JsonNode file) {
        var attachment = Attachments.of(file);
        var extracted = SourceFields.text(file, "extracted_content");
        if (extracted != null && !blocks.hasText()) blocks.last().append(extracted);
        else if (extracted != null) attachment.put("text", extracted);
        blocks.last().attachment(attachment);
    }
}
