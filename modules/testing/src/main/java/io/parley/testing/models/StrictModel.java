package io.parley.testing.models;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Answers 400 to a history that the chat templates of Gemma, Qwen and Mistral, or Anthropic's API, forbid: a system message elsewhere
 * than at the beginning, roles that do not take turns, a call without its result right behind it or the other way round, ids that
 * are not unique, arguments that are no JSON object, and empty messages.
 *
 * @param script plays if the history is allowed
 */
public record StrictModel(ModelScript script) implements ModelScript {
    @Override
    public void play(ModelExchange exchange) {
        var messages = exchange.body().getJsonArray("messages").stream()
                .map(JsonObject.class::cast)
                .toList();
        (accepts(messages) ? script : ModelScript.status(400)).play(exchange);
    }

    static boolean accepts(List<JsonObject> messages) {
        var spoken = messages.stream()
                .skip(!messages.isEmpty() && isOf(messages.get(0), "system") ? 1 : 0)
                .toList();
        return !spoken.isEmpty() && new History().acceptsAll(spoken);
    }

    private static boolean isOf(JsonObject message, String role) {
        return role.equals(message.getString("role"));
    }

    private static final class History {
        private final Set<String> ids = new HashSet<>();
        private final Set<String> open = new HashSet<>();
        private String expected = "user";

        boolean acceptsAll(List<JsonObject> messages) {
            return messages.stream().allMatch(this::accepts) && open.isEmpty();
        }

        private boolean accepts(JsonObject message) {
            if (isOf(message, "tool")) return acceptsResult(message.getString("tool_call_id"));
            if (!open.isEmpty() || !isOf(message, expected)) return false;
            expected = isOf(message, "user") ? "assistant" : "user";
            var calls = message.getJsonArray("tool_calls", new JsonArray());
            var text = message.getString("content");
            if (calls.isEmpty() && (text == null || text.isBlank())) return false;
            return calls.stream().allMatch(call -> acceptsCall((JsonObject) call));
        }

        private boolean acceptsResult(String callId) {
            expected = "assistant";
            return open.remove(callId);
        }

        private boolean acceptsCall(JsonObject call) {
            var id = call.getString("id", "");
            return !id.isEmpty() && ids.add(id) && open.add(id) && isObject(call.getJsonObject("function"));
        }

        private static boolean isObject(JsonObject function) {
            try {
                new JsonObject(function.getString("arguments"));
                return true;
            } catch (DecodeException noObject) {
                return false;
            }
        }
    }
}
