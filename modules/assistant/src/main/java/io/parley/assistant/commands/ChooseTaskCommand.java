package io.parley.assistant.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.tools.CompleteTask;
import io.parley.assistant.tools.DeleteTask;
import io.parley.assistant.tools.ListTasks;
import io.parley.assistant.tools.TaskView;
import io.parley.contracts.tasks.Task.Status;
import io.parley.json.JsonForm;
import io.parley.kernel.Ids;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The commands {@code complete …} and {@code delete …}, which first have to find the task.
 *
 * @param which a number in the last list, part of the title, or an id
 * @param isQuoted whether it was quoted, and so is part of the title even if it looks like a number or an id
 */
record ChooseTaskCommand(Verb verb, String which, boolean isQuoted, TaskText text) implements Command {
    private static final Pattern NUMBER = Pattern.compile("#?(\\d{1,3})\\.?");

    enum Verb {
        COMPLETE(CompleteTask.NAME),
        DELETE(DeleteTask.NAME);

        private final String tool;

        Verb(String tool) {
            this.tool = tool;
        }
    }

    @Override
    public ModelReply begin(ListedTasks lastList) {
        var number = NUMBER.matcher(which);
        if (!isQuoted && number.matches()) return pick(Integer.parseInt(number.group(1)), lastList.byNumber());
        var id = Ids.parse(which);
        return !isQuoted && id.isPresent() ? pick(id.get()) : search();
    }

    private ModelReply pick(int number, Map<Integer, TaskView> byNumber) {
        if (byNumber.isEmpty())
            return Command.say("There is no list that this number could refer to. Type `list tasks` first.");
        var task = byNumber.get(number);
        return task == null ? Command.say("The last list has no task number " + number + '.') : pick(task.id());
    }

    private ModelReply pick(UUID id) {
        return Command.call(verb.tool, JsonNodeFactory.instance.objectNode().put("id", id.toString()));
    }

    private ModelReply search() {
        return Command.call(
                ListTasks.NAME, JsonNodeFactory.instance.objectNode().put("q", which));
    }

    @Override
    public ModelReply continueWith(String tool, JsonNode result) {
        if (tool.equals(ListTasks.NAME)) return choose(JsonForm.bind(result, ListTasks.Result.class));
        return Command.say(
                verb == Verb.COMPLETE
                        ? "Completed: " + text.title(JsonForm.bind(result, TaskView.class))
                        : "Deleted: "
                                + text.title(JsonForm.bind(result, DeleteTask.Result.class)
                                        .deleted())
                                + "\n\nYou can restore it from the trash for some weeks.");
    }

    private ModelReply choose(ListTasks.Result list) {
        var single = single(list);
        if (single.isPresent()) return pick(single.get().id());
        var matches = matches(list);
        return Command.say(matches.isEmpty() ? noMatch() : whichOf(matches));
    }

    private String noMatch() {
        return (verb == Verb.COMPLETE ? "No open task" : "No task") + " has \"" + which + "\" in its title.";
    }

    private String whichOf(Map<Integer, TaskView> matches) {
        var example = verb.name().toLowerCase(Locale.ROOT)
                + ' '
                + matches.keySet().iterator().next();
        return "Which of these? Use its number, for example: `" + example + "`\n" + text.lines(matches);
    }

    /** The matching tasks, unless there is nothing to choose. */
    @Override
    public ListedTasks shown(ListTasks.Result list) {
        return single(list).isPresent() ? ListedTasks.NONE : new ListedTasks(matches(list), null);
    }

    // If the list has another page, further matches could be on it.
    private Optional<TaskView> single(ListTasks.Result list) {
        if (list.nextCursor() != null) return Optional.empty();
        var matches = matches(list).values();
        if (matches.size() == 1) return matches.stream().findFirst();
        var exact = matches.stream()
                .filter(task -> text.title(task).equalsIgnoreCase(which))
                .toList();
        return exact.size() == 1 ? Optional.of(exact.get(0)) : Optional.empty();
    }

    private Map<Integer, TaskView> matches(ListTasks.Result list) {
        var matches = new TreeMap<Integer, TaskView>();
        for (int index = 0; index < list.tasks().size(); index++)
            if (matches(list.tasks().get(index)))
                matches.put(index + 1, list.tasks().get(index));
        return matches;
    }

    // The list also contains tasks that have the text in their description only.
    private boolean matches(TaskView task) {
        return text.title(task).toLowerCase(Locale.ROOT).contains(which.toLowerCase(Locale.ROOT))
                && (verb != Verb.COMPLETE || task.status() != Status.COMPLETED);
    }
}
