package io.parley.gateway.openai.items;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.contracts.assistant.Responses;
import io.parley.contracts.messages.Message;
import io.parley.json.StrictJson;
import io.parley.kernel.Json;
import io.vertx.core.buffer.Buffer;

/** What the metadata of a message says about the items that it is made of. */
final class ItemMarks {
    static final Json DEVELOPER = new Json("{\"role\":\"developer\"}");

    private static final String CLIENT_CALLS = "client_calls";

    static Json calledByClient(String callId) {
        var metadata = JsonNodeFactory.instance.objectNode();
        metadata.putArray(CLIENT_CALLS).add(callId);
        return new Json(metadata.toString());
    }

    private final JsonNode metadata;

    private ItemMarks(JsonNode metadata) {
        this.metadata = metadata;
    }

    static ItemMarks of(Message message) {
        return new ItemMarks(StrictJson.parse(Buffer.buffer(message.metadata().text())));
    }

    boolean isOfDeveloper() {
        return metadata.path("role").asText().equals("developer");
    }

    boolean isIncomplete() {
        return metadata.path("status").asText().equals("incomplete");
    }

    /** Whether Parley has run the tool: one of its own, unless the message says that the program runs it. */
    boolean isCalledByParley(String callId, String tool) {
        if (!Responses.TOOLS.contains(tool)) return false;
        for (var id : metadata.path(CLIENT_CALLS)) if (id.asText().equals(callId)) return false;
        return true;
    }
}
