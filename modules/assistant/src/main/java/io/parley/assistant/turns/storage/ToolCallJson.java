package io.parley.assistant.turns.storage;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ToolCall;
import io.parley.json.JsonForm;
import io.parley.json.StrictJson;
import io.parley.kernel.Json;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tool calls and the results of tools in OpenAI's JSON form, as messages store them. */
public final class ToolCallJson {
    private static final String ARRAY = "{\"array\":";

    private record Calls(List<Call> array) {}

    private record Call(String id, String type, Function function) {}

    private record Function(String name, String arguments) {}

    private record Result(String toolCallId, String name) {}

    static Json ofCalls(List<ToolCall> calls) {
        var array = calls.stream()
                .map(call -> new Call(call.id(), "function", new Function(call.name(), call.arguments())))
                .toList();
        var object = JsonForm.write(new Calls(array)).toString();
        return new Json(object.substring(ARRAY.length(), object.length() - 1));
    }

    /** The calls of a message; none if it has none. */
    public static List<ToolCall> calls(@Nullable Json stored) {
        var calls = new ArrayList<ToolCall>();
        for (var call : array(stored)) {
            var function = call.path("function");
            calls.add(new ToolCall(
                    call.path("id").asText(),
                    function.path("name").asText(),
                    function.path("arguments").asText()));
        }
        return calls;
    }

    /** The result itself is the content of its message, so that the JSON only names the call. */
    static Json ofResult(ToolCall call) {
        return new Json("[" + JsonForm.write(new Result(call.id(), call.name())) + "]");
    }

    private static JsonNode array(@Nullable Json stored) {
        return StrictJson.parse(Buffer.buffer(stored == null ? "[]" : stored.text()));
    }

    private ToolCallJson() {}
}
