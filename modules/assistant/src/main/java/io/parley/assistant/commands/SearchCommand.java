package io.parley.assistant.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.tools.SearchMessages;
import io.parley.assistant.tools.SearchMessages.MessageView;
import io.parley.json.JsonForm;
import java.util.stream.Collectors;

/** The command {@code search …}. */
record SearchCommand(String query, TaskText text) implements Command {
    @Override
    public ModelReply begin(ListedTasks lastList) {
        return query.isBlank()
                ? FixedReply.SEARCH_WHAT.begin(lastList)
                : Command.call(
                        SearchMessages.NAME,
                        JsonNodeFactory.instance.objectNode().put("q", query));
    }

    @Override
    public ModelReply continueWith(String tool, JsonNode result) {
        var found = JsonForm.bind(result, SearchMessages.Result.class);
        var lines = found.messages().stream().map(this::line).collect(Collectors.joining("\n"));
        if (lines.isEmpty()) return Command.say("No messages found for: " + query);
        var heading = found.match() == SearchMessages.Match.ANY
                ? "No message has all these words. Messages with some of them:\n"
                : "Messages found:\n";
        return Command.say(heading + lines);
    }

    private String line(MessageView message) {
        return "- " + text.day(message.createdAt()) + ": " + TaskText.onOneLine(message.snippet());
    }
}
