package io.parley.assistant.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.contracts.messages.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the results of a tool message in any of the forms that clients store. */
public final class StoredResults {
    private static final List<String> OUTPUTS = List.of("result", "output", "content", "text");

    /** @param callId empty if the client has stored none */
    public record Result(String callId, String text) {}

    /** The content of the message is the result, if it has any; else each entry of its JSON has one. */
    public static List<Result> read(Message message) {
        var content = message.content();
        var results = new ArrayList<Result>();
        for (var entry : StoredCalls.entries(message.toolResults())) results.add(result(entry, content));
        if (results.isEmpty() && content != null && !content.isBlank()) results.add(new Result("", content));
        return results;
    }

    private static Result result(JsonNode entry, @Nullable String content) {
        var id = StoredCalls.first(entry, "tool_call_id", "toolCallId", "tool_use_id", "id");
        return new Result(id, content == null || content.isBlank() ? output(entry) : content);
    }

    private static String output(JsonNode entry) {
        for (var member : OUTPUTS)
            if (entry.hasNonNull(member))
                return entry.get(member).isTextual()
                        ? entry.get(member).asText()
                        : entry.get(member).toString();
        return entry.toString();
    }

    private StoredResults() {}
}
