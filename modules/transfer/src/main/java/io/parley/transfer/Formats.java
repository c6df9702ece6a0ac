package io.parley.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.transfer.chatgpt.ChatGpt;
import io.parley.transfer.claude.Claude;
import io.parley.transfer.librechat.LibreChat;
import io.parley.transfer.openwebui.OpenWebUi;
import io.parley.transfer.sharegpt.ShareGpt;
import io.parley.transfer.sources.Format;
import java.util.List;
import java.util.Optional;

/** All formats whose conversations are read as a whole. Parley's own and that of OpenAI's chat API are read while they arrive. */
final class Formats {
    private static final List<Format> ALL =
            List.of(new ChatGpt(), new Claude(), new OpenWebUi(), new LibreChat(), new ShareGpt());

    /** The format of a line with all its fields; empty if it is none of these. */
    static Optional<Format> of(ObjectNode line) {
        return ALL.stream().filter(format -> format.recognises(line)).findFirst();
    }

    /** Whether the messages belong to one of these formats, judged by the first one and by what came before it. */
    static boolean needsAllMessages(ObjectNode head, JsonNode firstMessage) {
        ObjectNode line = head.objectNode().setAll(head);
        line.putArray("messages").add(firstMessage);
        return firstMessage.has("isCreatedByUser") || of(line).isPresent();
    }

    private Formats() {}
}
