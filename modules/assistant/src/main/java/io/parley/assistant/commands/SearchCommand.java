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
        return Command.call(
                SearchMessages.NAME, JsonNodeFactory.instance.objectNode().put("q", query));
    }

    @Override
    public ModelReply continueWith(String tool, JsonNode result) {
        var found = JsonForm.bind(result, SearchMessages.Result.class).messages().stream()
                .filter(message -> !isThisCommand(message))
                .map(this::line)
                .collect(Collectors.joining("\n"));
        return Command.say(found.isEmpty() ? "No messages found for: " + query : "Messages found:\n" + found);
    }

    // The command itself is a message and contains all the words.
    private boolean isThisCommand(MessageView message) {
        return TaskText.onOneLine(message.snippet()).equalsIgnoreCase("search " + query);
    }

    private String line(MessageView message) {
        return "- " + text.day(message.createdAt()) + ": " + TaskText.onOneLine(message.snippet());
    }
}
