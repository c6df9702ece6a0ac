package io.parley.gateway.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.contracts.messages.Message;
import io.parley.gateway.openai.exchange.OpenAiIds;
import io.parley.gateway.openai.items.ItemWriter;
import io.parley.json.StrictJson;
import io.parley.kernel.Json;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A turn as a response. It always has every member.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses/object">OpenAI: the response object</a>
 */
final class ResponseBody {
    private static final JsonNodeFactory nodes = JsonNodeFactory.instance;

    /** Members of the request that the response repeats, null if they were not sent. */
    private static final List<String> REPEATED = List.of(
            "instructions",
            "max_output_tokens",
            "max_tool_calls",
            "previous_response_id",
            "temperature",
            "top_p",
            "presence_penalty",
            "frequency_penalty",
            "service_tier",
            "safety_identifier",
            "prompt_cache_key",
            "user");

    /**
     * @param request what the program has asked for, as {@link ModelRequests} keeps it; null if no program has
     * @param output what the turn has stored
     */
    static ObjectNode of(Turn turn, @Nullable Json request, List<Message> output) {
        var kept = request == null ? nodes.objectNode() : StrictJson.parse(Buffer.buffer(request.text()));
        var body = begun(turn, kept);
        var items = body.putArray("output");
        ItemWriter.items(output).forEach(items::add);
        return body;
    }

    private static ObjectNode begun(Turn turn, JsonNode kept) {
        var body = nodes.objectNode()
                .put("id", OpenAiIds.of(OpenAiIds.RESPONSE, turn.id()))
                .put("object", "response")
                .put("created_at", turn.startedAt().getEpochSecond())
                .put("completed_at", completedAt(turn))
                .put("status", status(turn))
                .put("model", turn.model());
        body.set("error", error(turn));
        body.set("incomplete_details", incompleteDetails(turn));
        body.set("usage", usage(turn));
        body.set("conversation", conversation(turn, kept));
        for (var name : REPEATED) body.set(name, kept.hasNonNull(name) ? kept.get(name) : nodes.nullNode());
        body.set("metadata", kept.path("metadata").isObject() ? kept.get("metadata") : nodes.objectNode());
        body.set("tools", kept.path("tools").isArray() ? kept.get("tools") : nodes.arrayNode());
        body.set("tool_choice", kept.hasNonNull("tool_choice") ? kept.get("tool_choice") : nodes.textNode("auto"));
        body.put("parallel_tool_calls", kept.path("parallel_tool_calls").asBoolean(true));
        body.put("store", kept.path("store").asBoolean(true));
        body.put("background", kept.path("background").asBoolean(false));
        if (body.get("temperature").isNull()) body.put("temperature", 1.0);
        if (body.get("top_p").isNull()) body.put("top_p", 1.0);
        if (body.get("presence_penalty").isNull()) body.put("presence_penalty", 0.0);
        if (body.get("frequency_penalty").isNull()) body.put("frequency_penalty", 0.0);
        if (body.get("service_tier").isNull()) body.put("service_tier", "default");
        body.put("top_logprobs", 0);
        body.put("truncation", kept.path("truncation").asText("auto"));
        body.set("text", text(kept));
        body.set("reasoning", reasoning(kept));
        return body;
    }

    private static @Nullable Long completedAt(Turn turn) {
        Instant finished = turn.finishedAt();
        return finished == null || turn.status() != Status.COMPLETED ? null : finished.getEpochSecond();
    }

    /** The last word of a turn's status in OpenAI's spelling. */
    static String status(Turn turn) {
        return switch (turn.status()) {
            case RUNNING -> "in_progress";
            case FAILED -> "failed";
            case CANCELLED -> "cancelled";
            case COMPLETED -> reason(turn) == null ? "completed" : "incomplete";
        };
    }

    private static @Nullable String reason(Turn turn) {
        var reason = String.valueOf(turn.finishReason());
        return switch (reason) {
            case "length" -> "max_output_tokens";
            case "content_filter" -> reason;
            default -> null;
        };
    }

    private static JsonNode incompleteDetails(Turn turn) {
        var reason = turn.status() == Status.COMPLETED ? reason(turn) : null;
        return reason == null ? nodes.nullNode() : nodes.objectNode().put("reason", reason);
    }

    private static JsonNode error(Turn turn) {
        if (turn.status() != Status.FAILED) return nodes.nullNode();
        return nodes.objectNode()
                .put("code", "rate_limited".equals(turn.errorCode()) ? "rate_limit_exceeded" : "server_error")
                .put("message", turn.error());
    }

    private static JsonNode usage(Turn turn) {
        var usage = turn.usage();
        if (usage == null) {
            if (turn.status() == Status.RUNNING) return nodes.nullNode();
            usage = Turn.Usage.NONE;
        }
        var json = nodes.objectNode().put("input_tokens", usage.promptTokens());
        json.putObject("input_tokens_details")
                .put("cached_tokens", usage.cachedTokens())
                .put("cache_write_tokens", usage.cacheWriteTokens());
        json.put("output_tokens", usage.completionTokens());
        json.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoningTokens());
        return json.put("total_tokens", (long) usage.promptTokens() + usage.completionTokens());
    }

    // Only a conversation that nobody can see has no id here.
    private static JsonNode conversation(Turn turn, JsonNode kept) {
        boolean isHidden = kept.path("conversation_hidden").asBoolean(false);
        return isHidden
                ? nodes.nullNode()
                : nodes.objectNode().put("id", OpenAiIds.of(OpenAiIds.CONVERSATION, turn.conversationId()));
    }

    private static ObjectNode text(JsonNode kept) {
        var text = kept.path("text") instanceof ObjectNode sent ? sent.deepCopy() : nodes.objectNode();
        if (!text.hasNonNull("format")) text.putObject("format").put("type", "text");
        return text;
    }

    private static ObjectNode reasoning(JsonNode kept) {
        var sent = kept.path("reasoning");
        var reasoning = nodes.objectNode();
        for (var name : List.of("effort", "summary"))
            reasoning.set(name, sent.hasNonNull(name) ? sent.get(name) : nodes.nullNode());
        return reasoning;
    }

    private ResponseBody() {}
}
