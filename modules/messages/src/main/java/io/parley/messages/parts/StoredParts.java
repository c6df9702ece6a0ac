package io.parley.messages.parts;

import io.parley.contracts.messages.MessagePart;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The parts of a message as the JSON of its row. */
public final class StoredParts {
    private static final String TEXT = "text";
    private static final String FILE = "file_id";

    public static @Nullable String write(@Nullable List<MessagePart> parts) {
        if (parts == null) return null;
        var json = new JsonArray();
        for (var part : parts) json.add(part.namesFile() ? file(part) : new JsonObject().put(TEXT, part.text()));
        return json.encode();
    }

    private static JsonObject file(MessagePart part) {
        return new JsonObject()
                .put(FILE, part.requireFileId().toString())
                .put("name", part.name())
                .put("media_type", part.mediaType())
                .put("size", part.size());
    }

    public static @Nullable List<MessagePart> read(@Nullable String json) {
        return json == null
                ? null
                : new JsonArray(json)
                        .stream()
                                .map(JsonObject.class::cast)
                                .map(StoredParts::part)
                                .toList();
    }

    private static MessagePart part(JsonObject json) {
        var file = json.getString(FILE);
        return file == null
                ? MessagePart.text(json.getString(TEXT))
                : MessagePart.file(
                        UUID.fromString(file),
                        json.getString("name"),
                        json.getString("media_type"),
                        json.getLong("size"));
    }

    private StoredParts() {}
}
