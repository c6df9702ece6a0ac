package io.parley.assistant.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.tools.SearchMessages;
import io.parley.assistant.tools.SearchMessages.MessageView;
import io.parley.json.JsonForm;
import java.util.stream.Collectors;

/** {@code search …} */
record SearchCommand(String q, TaskSentences words) implements Command {
    @Override
    public ModelReply begin(ListedTasks last) {
        return Command.call(
                SearchMessages.NAME, JsonNodeFactory.instance.objectNode().put("q", q));
    }

    @Override
    public ModelReply goOn(String tool, JsonNode result) {
        var found = JsonForm.bind(result, SearchMessages.Result.class).messages().stream()
                .filter(message -> !isThisCommand(message))
                .map(this::line)
                .collect(Collectors.joining("\n"));
        return Command.say(found.isEmpty() ? "I found nothing for: " + q : "I found:\n" + found);
    }

    // The command is a message as well, and has all the words.
    private boolean isThisCommand(MessageView message) {
        return TaskSentences.inOneLine(message.snippet()).equalsIgnoreCase("search " + q);
    }

    private String line(MessageView message) {
        return "- " + words.day(message.createdAt()) + ": " + TaskSentences.inOneLine(message.snippet());
    }
}
