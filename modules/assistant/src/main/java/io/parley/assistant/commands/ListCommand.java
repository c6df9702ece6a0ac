package io.parley.assistant.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.tools.ListTasks;
import io.parley.assistant.tools.TaskView;
import io.parley.json.JsonForm;
import java.util.TreeMap;

/**
 * The commands {@code list tasks} and {@code more}.
 *
 * @param isMore whether to show the page after the last list
 */
record ListCommand(boolean isMore, TaskText text) implements Command {
    private static final String NO_MORE = "There are no more tasks.";

    @Override
    public ModelReply begin(ListedTasks lastList) {
        if (isMore && lastList.nextCursor() == null) return Command.say(NO_MORE);
        var arguments = JsonNodeFactory.instance.objectNode();
        if (isMore) arguments.put("cursor", lastList.nextCursor());
        return Command.call(ListTasks.NAME, arguments);
    }

    @Override
    public ModelReply continueWith(String tool, JsonNode result) {
        var list = JsonForm.bind(result, ListTasks.Result.class);
        if (list.tasks().isEmpty())
            return Command.say(
                    isMore ? NO_MORE : "You have no tasks yet. Add one, for example: `add task Buy milk due tomorrow`");
        return Command.say((isMore ? "Older tasks:\n" : "Your tasks, newest first:\n")
                + text.lines(shown(list).byNumber())
                + (list.nextCursor() == null ? "" : "\n\nType `more` for older tasks."));
    }

    @Override
    public ListedTasks shown(ListTasks.Result list) {
        var numbered = new TreeMap<Integer, TaskView>();
        for (var task : list.tasks()) numbered.put(numbered.size() + 1, task);
        return new ListedTasks(numbered, list.nextCursor());
    }
}
