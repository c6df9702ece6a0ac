package io.parley.assistant.turns.storage;

import io.parley.contracts.messages.Message;
import io.parley.json.JsonForm;
import io.parley.json.StrictJson;
import io.parley.kernel.Json;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why an answer is not whole, as its metadata says. */
public enum Incomplete {
    /** The model reached its limit. */
    LENGTH,
    /** The provider held the rest back. */
    CONTENT_FILTER,
    /** The turn failed. */
    FAILED,
    /** The user stopped the turn. */
    CANCELLED;

    private static final String STATUS = "incomplete";

    private record Metadata(String status, String reason) {}

    Json metadata() {
        return new Json(JsonForm.write(new Metadata(STATUS, word())).toString());
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Null if the model ended its answer by itself. */
    static @Nullable Incomplete of(@Nullable String finishReason) {
        for (var reason : new Incomplete[] {LENGTH, CONTENT_FILTER})
            if (reason.word().equals(finishReason)) return reason;
        return null;
    }

    /** Whether the turn broke off before the model had ended this answer. */
    public static boolean isBrokenOff(Message message) {
        var metadata = StrictJson.parse(Buffer.buffer(message.metadata().text()));
        return metadata.path("status").asText().equals(STATUS)
                && of(metadata.path("reason").asText()) == null;
    }
}
