package io.parley.assistant.turns.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.contracts.assistant.Turn.Usage;
import io.parley.json.JsonForm;
import io.parley.json.StrictJson;
import io.parley.kernel.Json;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** The usage of a turn as its row has it. Rows of earlier versions have two of the values. */
final class UsageJson {
    static @Nullable Json of(@Nullable Usage usage) {
        return usage == null ? null : new Json(JsonForm.write(usage).toString());
    }

    static @Nullable Usage read(@Nullable String stored) {
        if (stored == null) return null;
        var json = StrictJson.parse(Buffer.buffer(stored));
        return new Usage(
                tokens(json, "prompt_tokens"),
                tokens(json, "completion_tokens"),
                tokens(json, "cached_tokens"),
                tokens(json, "cache_write_tokens"),
                tokens(json, "reasoning_tokens"),
                tokens(json, "overhead_tokens"));
    }

    private static int tokens(JsonNode usage, String name) {
        return usage.path(name).asInt();
    }

    private UsageJson() {}
}
