package io.parley.assistant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.assistant.SearchMessages.MessageView;
import io.parley.json.JsonForm;
import java.util.stream.Collectors;

/** {@code search …} */
record SearchCommand(String q, TaskWords words) implements Command {
    @Override
    public Reply begin(Shown last) {
        return Command.call(
                SearchMessages.NAME, JsonNodeFactory.instance.objectNode().put("q", q));
    }

    @Override
    public Reply goOn(String tool, JsonNode result) {
        var found = JsonForm.bind(result, SearchMessages.Result.class).messages().stream()
                .filter(message -> !isThisCommand(message))
                .map(this::line)
                .collect(Collectors.joining("\n"));
        return Command.say(found.isEmpty() ? "I found nothing for: " + q : "I found:\n" + found);
    }

    // The command is a message as well, and has all the words.
    private boolean isThisCommand(MessageView message) {
        return TaskWords.inOneLine(message.snippet()).equalsIgnoreCase("search " + q);
    }

    private String line(MessageView message) {
        return "- " + words.day(message.createdAt()) + ": " + TaskWords.inOneLine(message.snippet());
    }
}
