package io.parley.assistant.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.tools.ListTasks;
import io.parley.assistant.tools.TaskView;
import io.parley.json.JsonForm;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A command that lists tasks, or {@code more}.
 *
 * @param isMore whether to show the page after the last list, whatever that listed
 * @param isCount whether to say how many there are
 */
record ListCommand(ListFilter filter, boolean isMore, boolean isCount, TaskText text) implements Command {
    private static final String NO_MORE = "There are no more tasks.";

    @Override
    public ModelReply begin(ListedTasks lastList) {
        if (!isMore) return Command.call(ListTasks.NAME, filter.arguments(isCount));
        if (lastList.nextCursor() == null) return Command.say(NO_MORE);
        ObjectNode arguments = lastList.arguments().deepCopy();
        return Command.call(ListTasks.NAME, arguments.put("cursor", lastList.nextCursor()));
    }

    @Override
    public ModelReply continueWith(String tool, JsonNode result) {
        var list = JsonForm.bind(result, ListTasks.Result.class);
        if (list.tasks().isEmpty()) return Command.say(isMore ? NO_MORE : none());
        return Command.say(heading(list)
                + '\n'
                + text.lines(ListedTasks.numbered(ordered(list)))
                + (list.nextCursor() == null ? "" : "\n\nType `more` for older tasks."));
    }

    private String heading(ListTasks.Result list) {
        if (isMore) return "Older tasks:";
        var order = isByDue(list) ? ", by due date:" : ", newest first:";
        if (!isCount) return "Your " + filter.words() + order;
        int size = list.tasks().size();
        var words = size == 1 ? filter.words().replace("tasks", "task") : filter.words();
        return "You have " + (list.nextCursor() == null ? "" : "more than ") + size + ' ' + words + order;
    }

    // A page of several is the newest ones, whenever they are due.
    private boolean isByDue(ListTasks.Result list) {
        return !isMore && filter.isByDue() && list.nextCursor() == null;
    }

    private List<TaskView> ordered(ListTasks.Result list) {
        return isByDue(list)
                ? list.tasks().stream()
                        .sorted(Comparator.comparing(ListCommand::due))
                        .toList()
                : list.tasks();
    }

    // Texts in the same time zone. A day counts as its end.
    private static String due(TaskView task) {
        var due = Objects.requireNonNullElse(task.dueDate(), "");
        return due.contains("T") ? due : due + "T24";
    }

    private String none() {
        return "You have no " + filter.words() + '.'
                + (filter.equals(ListFilter.OPEN) ? " Add one, for example: `add task Buy milk due tomorrow`" : "");
    }

    @Override
    public ListedTasks shown(ListTasks.Result list, JsonNode arguments) {
        return new ListedTasks(ListedTasks.numbered(ordered(list)), list.nextCursor(), arguments);
    }
}
