package io.parley.gateway.ui;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.parley.contracts.Limits;
import io.parley.kernel.Ids;
import io.parley.kernel.Problem;
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
    /** @param id the client's own, of any form */
    record Said(String id, String text) {}

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

    static UiRequest of(Body body) {
        boolean isRegeneration = body.trigger() == Trigger.REGENERATE_MESSAGE;
        return new UiRequest(
                Ids.parse(body.id().toLowerCase(Locale.ROOT))
                        .orElseThrow(() -> Problem.invalid(
                                "/id", "must be a UUID: pass one as id to useChat, whose own ids are none")),
                said(body, isRegeneration),
                isRegeneration ? null : body.messageId(),
                isRegeneration,
                body.provider(),
                body.model(),
                body.instructions());
    }

    private static Said said(Body body, boolean isRegeneration) {
        if (body.messages() != null && body.message() != null)
            throw Problem.invalid("/message", "must not be combined with messages");
        if (body.message() != null) return said(body.message(), "/message");
        if (body.messages() == null) throw Problem.invalid("/messages", "is required, unless there is a message");
        int last = body.messages().size() - 1;
        // The SDK leaves out the answer that it wants anew; other clients need not.
        if (isRegeneration) while (last > 0 && !isOfUser(body.messages().path(last))) last--;
        if (last < 0) throw Problem.invalid("/messages", "must have a message");
        return said(body.messages().path(last), "/messages/" + last);
    }

    private static boolean isOfUser(JsonNode message) {
        return message.path("role").asText().equals("user");
    }

    private static Said said(JsonNode message, String pointer) {
        if (!isOfUser(message)) throw Problem.invalid(pointer + "/role", "must be user in the message to be answered");
        var text = new StringBuilder();
        int place = 0;
        for (var part : message.path("parts")) {
            if (!part.path("type").asText().equals("text") || !part.path("text").isTextual())
                throw Problem.invalid(pointer + "/parts/" + place, "must be of type text");
            text.append(text.isEmpty() ? "" : "\n").append(part.path("text").textValue());
            place++;
        }
        if (text.toString().isBlank()) throw Problem.invalid(pointer + "/parts", "must have text");
        Limits.checkText(pointer + "/parts", text.toString(), Limits.CONTENT);
        return new Said(message.path("id").asText(), text.toString());
    }
}
