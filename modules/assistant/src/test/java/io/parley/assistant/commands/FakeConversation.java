package io.parley.assistant.commands;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.assistant.models.LanguageModel;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.models.Prompt;
import io.parley.assistant.models.ToolCall;
import io.parley.assistant.tools.ToolContext;
import io.parley.assistant.tools.ToolRegistry;
import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Caller;
import io.parley.kernel.Json;
import io.parley.testing.Answers;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** A conversation with a model that runs its tools, as a turn does. */
public final class FakeConversation {
    private final LanguageModel model;
    private final ToolRegistry tools;
    private final Caller caller;
    private final ZoneId zone;
    private final List<Prompt.Line> lines = new ArrayList<>();

    public FakeConversation(LanguageModel model, ToolRegistry tools, Caller caller, ZoneId zone) {
        this.model = model;
        this.tools = tools;
        this.caller = caller;
        this.zone = zone;
    }

    /** Returns the final answer. */
    public String say(String text) {
        lines.add(new Prompt.Line(Role.USER, text, null, null));
        var reply = reply();
        for (int round = 0; round < 8 && !reply.toolCalls().isEmpty(); round++) {
            lines.add(new Prompt.Line(Role.ASSISTANT, null, json(reply.toolCalls()), null));
            reply.toolCalls().forEach(this::run);
            reply = reply();
        }
        lines.add(new Prompt.Line(Role.ASSISTANT, reply.text(), null, null));
        return reply.text();
    }

    private ModelReply reply() {
        var prompt = new Prompt(OfflineCommands.MODEL, List.copyOf(lines), tools.descriptions(), zone);
        return Answers.of(model.generate(prompt, piece -> {}).reply());
    }

    private void run(ToolCall call) {
        lines.add(new Prompt.Line(
                Role.TOOL, Answers.of(tools.run(new ToolContext(caller, zone), call)), null, call.id()));
    }

    // In OpenAI's form.
    private static Json json(List<ToolCall> calls) {
        var array = JsonNodeFactory.instance.arrayNode();
        for (var call : calls) {
            var object = array.addObject().put("id", call.id()).put("type", "function");
            object.putObject("function").put("name", call.name()).put("arguments", call.arguments());
        }
        return new Json(array.toString());
    }
}
