package io.parley.assistant.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.tools.ListTasks;
import io.parley.json.JsonForm;

/**
 * A command that lists tasks, or {@code more}.
 *
 * @param isMore whether to show the page after the last list, whatever that listed
 */
record ListCommand(ListFilter filter, boolean isMore, TaskText text) implements Command {
    private static final String NO_MORE = "There are no more tasks.";

    @Override
    public ModelReply begin(ListedTasks lastList) {
        if (!isMore) return Command.call(ListTasks.NAME, filter.arguments());
        if (lastList.nextCursor() == null) return Command.say(NO_MORE);
        ObjectNode arguments = lastList.arguments().deepCopy();
        return Command.call(ListTasks.NAME, arguments.put("cursor", lastList.nextCursor()));
    }

    @Override
    public ModelReply continueWith(String tool, JsonNode result) {
        var list = JsonForm.bind(result, ListTasks.Result.class);
        if (list.tasks().isEmpty()) return Command.say(isMore ? NO_MORE : none());
        return Command.say((isMore ? "Older tasks:\n" : "Your " + filter.words() + ", newest first:\n")
                + text.lines(ListedTasks.numbered(list.tasks()))
                + (list.nextCursor() == null ? "" : "\n\nType `more` for older tasks."));
    }

    private String none() {
        return "You have no " + filter.words() + '.'
                + (filter.equals(ListFilter.OPEN) ? " Add one, for example: `add task Buy milk due tomorrow`" : "");
    }

    @Override
    public ListedTasks shown(ListTasks.Result list, JsonNode arguments) {
        return new ListedTasks(ListedTasks.numbered(list.tasks()), list.nextCursor(), arguments);
    }
}
