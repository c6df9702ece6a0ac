package io.parley.gateway.openai.items;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.MessagePart;
import io.parley.gateway.attachments.SentFile;
import io.parley.gateway.openai.exchange.Fields;
import io.parley.gateway.openai.exchange.OpenAiError;
import io.parley.kernel.Caller;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Items of a request as messages. The ids in them are not read: they may be of another server. */
public final class ItemReader {
    private static final JsonNodeFactory nodes = JsonNodeFactory.instance;

    private final Caller caller;
    private final List<MessageDraft> drafts = new ArrayList<>();
    private final List<String> params = new ArrayList<>();
    private final List<SentFile> files = new ArrayList<>();

    private ItemReader(Caller caller) {
        this.caller = caller;
    }

    /** @param param the name of the field that has the items */
    public static ReadItems read(Caller caller, ArrayNode items, String param) {
        var reader = new ItemReader(caller);
        for (int at = 0; at < items.size(); at++) {
            var path = param + '[' + at + ']';
            try {
                reader.add(Fields.of(items.get(at), path));
                while (reader.params.size() < reader.drafts.size()) reader.params.add(path + ".content");
            } catch (Problem refused) {
                throw explained(refused, path);
            }
        }
        return new ReadItems(reader.drafts, reader.params, reader.files);
    }

    public static ReadItems user(String text, String param) {
        try {
            return new ReadItems(List.of(draft(Role.USER, text, null)), List.of(param), List.of());
        } catch (Problem refused) {
            throw explained(refused, param);
        }
    }

    private static OpenAiError explained(Problem refused, String path) {
        var fault = refused.faults().get(0);
        return OpenAiError.invalid(path, "invalid_value", "Invalid '" + path + "': it " + fault.detail() + '.');
    }

    private void add(Fields item) {
        var type = item.text("type");
        switch (type == null ? "message" : type) {
            case "message" -> addMessage(item);
            case "function_call" -> addCall(item, item.requireText("call_id"), true);
            case "function_call_output" -> addResult(item.requireText("call_id"), output(item));
            case "mcp_call" -> addFinishedCall(item);
            // One model cannot use another's reasoning, and a provider's own is sent back to it from storage.
            case "reasoning" -> {}
            default ->
                throw OpenAiError.invalid(
                        item.param("type"),
                        "unsupported_item_type",
                        "Items of the type '" + type + "' are not supported.");
        }
    }

    private void addMessage(Fields item) {
        var role = item.choice("role", List.of("user", "assistant", "system", "developer"));
        if (role == null) item.require("role");
        var parts = parts(item, "content", "user".equals(role));
        if (MessagePart.haveFile(parts)) {
            var said = parts.stream()
                    .filter(part -> part.text() == null || !part.text().isEmpty())
                    .toList();
            drafts.add(new MessageDraft(null, null, Role.USER, null, said, null, null, null, null, null));
            return;
        }
        var text = MessagePart.contentOf(parts);
        // An answer that had nothing but calls.
        if (text.isEmpty() && "assistant".equals(role)) return;
        boolean isDeveloper = "developer".equals(role);
        drafts.add(draft(
                isDeveloper ? Role.SYSTEM : Role.valueOf(String.valueOf(role).toUpperCase(Locale.ROOT)),
                text,
                isDeveloper ? ItemMarks.DEVELOPER : null));
    }

    private static MessageDraft draft(Role role, String text, @Nullable Json metadata) {
        return new MessageDraft(null, null, role, text, null, null, null, null, metadata);
    }

    private List<MessagePart> parts(Fields item, String name, boolean takesFiles) {
        var content = item.require(name);
        return content.isTextual()
                ? List.of(MessagePart.text(content.textValue()))
                : new ContentReader(caller, files).read(item, name, takesFiles);
    }

    private void addCall(Fields item, String callId, boolean byClient) {
        var call = nodes.objectNode().put("id", callId).put("type", "function");
        var arguments = item.text("arguments");
        call.putObject("function")
                .put("name", item.requireText("name"))
                .put("arguments", arguments == null ? "{}" : arguments);
        var calls = new Json(nodes.arrayNode().add(call).toString());
        var metadata = byClient ? ItemMarks.calledByClient(callId) : null;
        drafts.add(new MessageDraft(null, null, Role.ASSISTANT, null, null, null, calls, null, metadata));
    }

    private void addResult(String callId, String output) {
        var result = nodes.objectNode().put("tool_call_id", callId);
        // Without this, an empty content would stand for a result that is in the JSON.
        if (output.isBlank()) result.put("result", "");
        var results = new Json(nodes.arrayNode().add(result).toString());
        drafts.add(new MessageDraft(null, null, Role.TOOL, output, null, null, null, results, null));
    }

    private String output(Fields item) {
        return MessagePart.contentOf(parts(item, "output", false));
    }

    /** A call of a server's tool, sent back: its result is in the same item. */
    private void addFinishedCall(Fields item) {
        var id = item.text("id");
        var callId = id == null ? "mcp_" + drafts.size() : id;
        addCall(item, callId, false);
        var output = item.value("output");
        var error = item.value("error");
        addResult(callId, output == null ? error == null ? "" : plain(error) : plain(output));
    }

    private static String plain(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }
}
