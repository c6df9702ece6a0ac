package io.parley.assistant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.json.JsonForm;
import java.util.TreeMap;

/**
 * {@code list tasks} and {@code more}.
 *
 * @param older whether it goes on behind the last list
 */
record ListCommand(boolean older, TaskWords words) implements Command {
    @Override
    public Reply begin(Shown last) {
        if (older && last.older() == null) return Command.say("There are no more tasks.");
        var arguments = JsonNodeFactory.instance.objectNode();
        if (older) arguments.put("cursor", last.older());
        return Command.call(ListTasks.NAME, arguments);
    }

    @Override
    public Reply goOn(String tool, JsonNode result) {
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
    public Shown shown(ListTasks.Result list) {
        var numbered = new TreeMap<Integer, TaskView>();
        for (var task : list.tasks()) numbered.put(numbered.size() + 1, task);
        return new Shown(numbered, list.nextCursor());
    }
}
