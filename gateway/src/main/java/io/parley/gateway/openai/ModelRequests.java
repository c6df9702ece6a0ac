package io.parley.gateway.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.assistant.Chat.Model;
import io.parley.contracts.assistant.Responses;
import io.parley.contracts.assistant.Responses.Function;
import io.parley.contracts.assistant.Responses.ModelRequest;
import io.parley.gateway.openai.exchange.Fields;
import io.parley.gateway.openai.exchange.OpenAiError;
import io.parley.gateway.openai.items.ItemWriter;
import io.parley.kernel.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code POST /v1/responses} asks of the model: in the form of chat completions, and as the response repeats it. */
final class ModelRequests {
    private static final JsonNodeFactory nodes = JsonNodeFactory.instance;
    private static final int MAX_KEPT = 256 * 1024;
    private static final List<String> EFFORTS = List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");

    /** Known, and taken without an effect. */
    private static final List<String> WITHOUT_EFFECT = List.of(
            "user",
            "safety_identifier",
            "prompt_cache_key",
            "prompt_cache_retention",
            "prompt_cache_options",
            "service_tier",
            "include",
            "stream_options",
            "truncation");

    private static final List<String> REFUSED = List.of("prompt", "context_management", "moderation");

    private static final List<String> KNOWN = List.of(
            "input",
            "model",
            "instructions",
            "conversation",
            "previous_response_id",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "temperature",
            "top_p",
            "top_logprobs",
            "presence_penalty",
            "frequency_penalty",
            "max_output_tokens",
            "max_tool_calls",
            "text",
            "reasoning",
            "metadata",
            "store",
            "background",
            "stream");

    private final Fields body;
    private final ObjectNode options = nodes.objectNode();
    private final ObjectNode kept = nodes.objectNode();
    private final List<Function> functions = new ArrayList<>();
    private final Set<String> tools = new LinkedHashSet<>();

    private ModelRequests(Fields body) {
        this.body = body;
    }

    /** Fails if there is a field that is not known or not supported. */
    static void checkNames(Fields body) {
        var known = new ArrayList<>(KNOWN);
        known.addAll(WITHOUT_EFFECT);
        for (var name : REFUSED)
            if (body.value(name) != null)
                throw OpenAiError.invalid(
                        name, "unsupported_parameter", "The parameter '" + name + "' is not supported.");
        body.knowOnly(known);
        var logprobs = body.integer("top_logprobs", 0, 20);
        if (logprobs != null && logprobs > 0)
            throw OpenAiError.invalid("top_logprobs", "unsupported_parameter", "Probabilities are not supported.");
    }

    /**
     * @param model that answers
     * @param places members of the response that identify its conversation and the previous response
     */
    static ModelRequest read(Fields body, @Nullable Model model, ObjectNode places) {
        return new ModelRequests(body).read(model, places);
    }

    private ModelRequest read(@Nullable Model model, ObjectNode places) {
        kept.setAll(places);
        readNumbers();
        readTools();
        readChoice();
        readText();
        readReasoning();
        keep("metadata", body.metadata());
        keep("instructions", body.value("instructions"));
        for (var name : List.of("truncation", "service_tier", "safety_identifier", "prompt_cache_key", "user"))
            keep(name, body.value(name));
        kept.put("background", body.flag("background", false));
        kept.put("store", body.flag("store", true));
        var text = new Json(kept.toString());
        if (text.bytes() > MAX_KEPT)
            throw OpenAiError.invalid("tools", "invalid_value", "The tools and instructions are larger than 256 KiB.");
        return new ModelRequest(
                model == null ? null : model.provider(),
                model == null ? null : model.model(),
                body.text("instructions"),
                functions,
                List.copyOf(tools),
                new Json(options.toString()),
                text);
    }

    private void keep(String name, @Nullable JsonNode value) {
        if (value != null) kept.set(name, value);
    }

    private void readNumbers() {
        option("temperature", "temperature", body.number("temperature", 0, 2));
        option("top_p", "top_p", body.number("top_p", 0, 1));
        option("presence_penalty", "presence_penalty", body.number("presence_penalty", -2, 2));
        option("frequency_penalty", "frequency_penalty", body.number("frequency_penalty", -2, 2));
        var most = body.integer("max_output_tokens", 1, Integer.MAX_VALUE);
        option("max_output_tokens", "max_tokens", most == null ? null : BigDecimal.valueOf(most));
        var calls = body.integer("max_tool_calls", 1, Integer.MAX_VALUE);
        if (calls != null) kept.put("max_tool_calls", calls);
        if (body.value("parallel_tool_calls") != null) {
            boolean isParallel = body.flag("parallel_tool_calls", true);
            options.put("parallel_tool_calls", isParallel);
            kept.put("parallel_tool_calls", isParallel);
        }
    }

    private void option(String name, String member, @Nullable BigDecimal value) {
        if (value == null) return;
        options.put(member, value);
        kept.put(name, value);
    }

    private void readTools() {
        var list = body.array("tools");
        var shown = kept.putArray("tools");
        for (int at = 0; at < list.size(); at++) {
            var tool = Fields.of(list.get(at), "tools[" + at + ']');
            var type = tool.requireText("type");
            switch (type) {
                case "function" -> readFunction(tool, shown);
                case "mcp" -> readServer(tool, shown);
                default ->
                    throw OpenAiError.invalid(
                            tool.param("type"),
                            "unsupported_tool",
                            "Tools of the type '" + type + "' are not supported.");
            }
        }
    }

    private void readFunction(Fields tool, ArrayNode shown) {
        var name = tool.requireText("name");
        if (!name.matches("[a-zA-Z0-9_.-]{1,128}"))
            throw OpenAiError.invalidValue(
                    tool.param("name"), "must have only letters, digits, '_', '-' and '.', and at most 128 of them");
        var parameters = tool.object("parameters");
        var description = tool.text("description");
        var wire = nodes.objectNode().put("type", "function");
        var function = wire.putObject("function").put("name", name);
        if (description != null) function.put("description", description);
        function.set(
                "parameters",
                parameters == null
                        ? nodes.objectNode().put("type", "object").set("properties", nodes.objectNode())
                        : parameters.json());
        var strict = tool.value("strict") == null ? null : tool.flag("strict", false);
        if (strict != null) function.put("strict", strict);
        functions.add(new Function(name, new Json(wire.toString())));
        var echo = shown.addObject()
                .put("type", "function")
                .put("name", name)
                .put("description", description)
                .put("strict", strict);
        echo.set("parameters", parameters == null ? nodes.nullNode() : parameters.json());
    }

    private void readServer(Fields tool, ArrayNode shown) {
        if (!ItemWriter.SERVER_LABEL.equals(tool.text("server_label")))
            throw OpenAiError.invalid(
                    tool.param("server_label"),
                    "unsupported_tool",
                    "The only server is '" + ItemWriter.SERVER_LABEL + "'.");
        if (tool.value("server_url") != null || tool.value("connector_id") != null)
            throw OpenAiError.invalid(
                    tool.param("server_url"), "unsupported_tool", "Tools of other servers are not supported.");
        var approval = tool.value("require_approval");
        if (approval != null && !"never".equals(approval.textValue()))
            throw OpenAiError.invalid(
                    tool.param("require_approval"), "unsupported_parameter", "Approval is not supported: say 'never'.");
        tools.addAll(allowed(tool));
        var echo = shown.addObject().put("type", "mcp").put("server_label", ItemWriter.SERVER_LABEL);
        echo.set("allowed_tools", tool.value("allowed_tools"));
        echo.put("require_approval", "never");
    }

    private static Set<String> allowed(Fields tool) {
        var value = tool.value("allowed_tools");
        if (value == null) return Responses.TOOLS;
        var names = value.isObject()
                ? Fields.of(value, tool.param("allowed_tools")).array("tool_names")
                : tool.array("allowed_tools");
        var allowed = new LinkedHashSet<String>();
        for (var name : names) {
            if (!Responses.TOOLS.contains(name.asText()))
                throw OpenAiError.invalid(
                        tool.param("allowed_tools"), "invalid_value", "There is no tool '" + name.asText() + "'.");
            allowed.add(name.asText());
        }
        return allowed;
    }

    private void readChoice() {
        var choice = body.value("tool_choice");
        if (choice == null) return;
        kept.set("tool_choice", choice);
        if (choice.isTextual())
            options.put("tool_choice", body.choice("tool_choice", List.of("none", "auto", "required")));
        else options.set("tool_choice", chosen(Fields.of(choice, "tool_choice")));
    }

    private static ObjectNode chosen(Fields choice) {
        var type = choice.requireText("type");
        if (!List.of("function", "mcp").contains(type))
            throw OpenAiError.invalid(
                    choice.param("type"), "unsupported_tool", "A choice of the type '" + type + "' is not supported.");
        var wire = nodes.objectNode().put("type", "function");
        wire.putObject("function").put("name", choice.requireText("name"));
        return wire;
    }

    private void readText() {
        var text = body.object("text");
        if (text == null) return;
        kept.set("text", text.json());
        text.knowOnly(List.of("format", "verbosity"));
        var verbosity = text.choice("verbosity", List.of("low", "medium", "high"));
        // What all models do by themselves need not be known by all servers.
        if (verbosity != null && !verbosity.equals("medium")) options.put("verbosity", verbosity);
        var format = text.object("format");
        if (format == null) return;
        var type = format.requireText("type");
        switch (type) {
            case "text" -> {}
            case "json_object" -> options.putObject("response_format").put("type", type);
            case "json_schema" ->
                options.putObject("response_format").put("type", type).set("json_schema", schema(format));
            default -> throw OpenAiError.invalidValue(format.param("type"), "must be text, json_object or json_schema");
        }
    }

    private static ObjectNode schema(Fields format) {
        var schema = nodes.objectNode().put("name", format.requireText("name"));
        format.require("schema");
        for (var name : List.of("description", "schema", "strict")) {
            var value = format.value(name);
            if (value != null) schema.set(name, value);
        }
        return schema;
    }

    private void readReasoning() {
        var reasoning = body.object("reasoning");
        if (reasoning == null) return;
        kept.set("reasoning", reasoning.json());
        var effort = reasoning.choice("effort", EFFORTS);
        if (effort != null) options.put("reasoning_effort", effort);
    }
}
