package io.parley.assistant.turns.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ToolCall;
import io.parley.contracts.messages.Message;
import io.parley.json.JsonForm;
import io.parley.json.StrictJson;
import io.parley.kernel.Json;
import io.vertx.core.buffer.Buffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which tool calls of a message the program that asked runs itself, as the metadata of the message says. */
public final class ClientCalls {
    private record Metadata(List<String> clientCalls) {}

    /** Null if there are none. */
    static @Nullable Json metadata(List<ToolCall> ofClient) {
        var ids = ofClient.stream().map(ToolCall::id).toList();
        return ids.isEmpty() ? null : new Json(JsonForm.write(new Metadata(ids)).toString());
    }

    /** The ids of the calls. */
    public static Set<String> of(Message message) {
        var ids = new HashSet<String>();
        var metadata = StrictJson.parse(Buffer.buffer(message.metadata().text()));
        for (JsonNode id : metadata.path("client_calls")) ids.add(id.asText());
        return ids;
    }

    private ClientCalls() {}
}
