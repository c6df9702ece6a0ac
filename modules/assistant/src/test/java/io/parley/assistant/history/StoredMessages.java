package io.parley.assistant.history;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.Siblings;
import io.parley.kernel.Json;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Messages as clients store them. */
final class StoredMessages {
    private static long number;

    static Message user(@Nullable String content) {
        return message(Role.USER, content, null, null);
    }

    static Message assistant(@Nullable String content) {
        return message(Role.ASSISTANT, content, null, null);
    }

    static Message system(String content) {
        return message(Role.SYSTEM, content, null, null);
    }

    /** @param calls JSON with ' for " */
    static Message calls(String calls) {
        return message(Role.ASSISTANT, null, json(calls), null);
    }

    /** @param results JSON with ' for " */
    static Message results(@Nullable String content, String results) {
        return message(Role.TOOL, content, null, json(results));
    }

    private static Json json(String text) {
        return new Json(text.replace('\'', '"'));
    }

    static Message message(Role role, @Nullable String content, @Nullable Json calls, @Nullable Json results) {
        var id = new UUID(0x01900000_0000_7000L, 0x8000_0000_0000_0000L | number++);
        return new Message(
                id,
                adasTripPlan,
                ada.userId(),
                null,
                role,
                content,
                null,
                null,
                null,
                null,
                calls,
                results,
                Json.EMPTY_OBJECT,
                Siblings.ALONE,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                null);
    }

    private StoredMessages() {}
}
