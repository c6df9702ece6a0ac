package io.parley.assistant.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.tools.ListTasks;
import io.parley.assistant.tools.TaskView;
import io.parley.json.JsonForm;
import java.util.TreeMap;

/**
 * {@code list tasks} and {@code more}.
 *
 * @param older whether it goes on behind the last list
 */
record ListCommand(boolean older, TaskSentences words) implements Command {
    @Override
    public ModelReply begin(ListedTasks last) {
        if (older && last.older() == null) return Command.say("There are no more tasks.");
        var arguments = JsonNodeFactory.instance.objectNode();
        if (older) arguments.put("cursor", last.older());
        return Command.call(ListTasks.NAME, arguments);
    }

    @Override
    public ModelReply goOn(String tool, JsonNode result) {
        var list = JsonForm.bind(result, ListTasks.Result.class);
        if (list.tasks().isEmpty())
            return Command.say(
                    older
                            ? "There are no more tasks."
                            : "You have no tasks yet. Add one like this: `add task Buy milk due tomorrow`");
        return Command.say((older ? "Older tasks:\n" : "Your tasks, the newest first:\n")
                + words.lines(shown(list).numbered())
                + (list.nextCursor() == null ? "" : "\n\nSay `more` for older ones."));
    }

    @Override
    public ListedTasks shown(ListTasks.Result list) {
        var numbered = new TreeMap<Integer, TaskView>();
        for (var task : list.tasks()) numbered.put(numbered.size() + 1, task);
        return new ListedTasks(numbered, list.nextCursor());
    }
}
