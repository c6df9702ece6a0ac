package io.parley.gateway.ui;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.parley.contracts.messages.MessagePart;
import io.parley.gateway.attachments.SentFile;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The body that the AI SDK sends. Of all messages only the last one of the user's counts: the others are stored already.
 *
 * @param conversationId chosen by the client; there may be no such conversation yet
 * @param message the user's, which is to be answered
 * @param edits the id of the message that this one replaces; null if it replaces none
 * @param isRegeneration whether the message is to be answered anew
 */
record UiRequest(
        UUID conversationId,
        Said message,
        @Nullable String edits,
        boolean isRegeneration,
        @Nullable String provider,
        @Nullable String model,
        @Nullable String instructions) {
    /**
     * @param id the client's own, of any form
     * @param parts null if there are no files
     * @param files that came with the message
     * @param pointer at the message
     */
    record Said(String id, String text, @Nullable List<MessagePart> parts, List<SentFile> files, String pointer) {
        List<UUID> fileIds() {
            return fileIds(parts);
        }

        static List<UUID> fileIds(@Nullable List<MessagePart> parts) {
            return parts == null
                    ? List.of()
                    : parts.stream()
                            .filter(MessagePart::namesFile)
                            .map(MessagePart::requireFileId)
                            .toList();
        }
    }

    /** As it is in JSON. */
    record Body(
            String id,
            @Nullable JsonNode messages,
            @Nullable JsonNode message,
            @Nullable Trigger trigger,
            @JsonProperty("messageId") @Nullable String messageId,
            @Nullable String provider,
            @Nullable String model,
            @Nullable String instructions) {}

    enum Trigger {
        SUBMIT_MESSAGE,
        REGENERATE_MESSAGE
    }

    static UiRequest of(Caller caller, Body body) {
        boolean isRegeneration = body.trigger() == Trigger.REGENERATE_MESSAGE;
        return new UiRequest(
                Ids.parse(body.id().toLowerCase(Locale.ROOT))
                        .orElseThrow(() -> Problem.invalid(
                                "/id", "must be a UUID: pass one as id to useChat, whose own ids are none")),
                said(caller, body, isRegeneration),
                isRegeneration ? null : body.messageId(),
                isRegeneration,
                body.provider(),
                body.model(),
                body.instructions());
    }

    private static Said said(Caller caller, Body body, boolean isRegeneration) {
        if (body.messages() != null && body.message() != null)
            throw Problem.invalid("/message", "must not be combined with messages");
        if (body.message() != null) return SaidReader.read(caller, body.message(), "/message");
        if (body.messages() == null) throw Problem.invalid("/messages", "is required, unless there is a message");
        int last = body.messages().size() - 1;
        // The SDK leaves out the answer that it wants anew; other clients need not.
        if (isRegeneration) while (last > 0 && !isOfUser(body.messages().path(last))) last--;
        if (last < 0) throw Problem.invalid("/messages", "must have a message");
        return SaidReader.read(caller, body.messages().path(last), "/messages/" + last);
    }

    static boolean isOfUser(JsonNode message) {
        return message.path("role").asText().equals("user");
    }
}
