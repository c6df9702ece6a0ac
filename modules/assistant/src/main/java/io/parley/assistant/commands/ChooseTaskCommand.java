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
 * {@code complete …} and {@code delete …}.
 *
 * @param which a number in the last list, a part of the title or an id
 * @param quoted whether it was quoted, and so is a part of the title whatever it looks like
 */
record ChooseTaskCommand(Verb verb, String which, boolean quoted, TaskSentences words) implements Command {
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
    public ModelReply begin(ListedTasks last) {
        var number = NUMBER.matcher(which);
        if (!quoted && number.matches()) return pick(Integer.parseInt(number.group(1)), last.numbered());
        var id = Ids.parse(which);
        return !quoted && id.isPresent() ? pick(id.get()) : lookFor();
    }

    private ModelReply pick(int number, Map<Integer, TaskView> numbered) {
        if (numbered.isEmpty()) return Command.say("I do not see a list here. Say `list tasks` first.");
        var task = numbered.get(number);
        return task == null ? Command.say("There is no number " + number + " in the last list.") : pick(task.id());
    }

    private ModelReply pick(UUID id) {
        return Command.call(verb.tool, JsonNodeFactory.instance.objectNode().put("id", id.toString()));
    }

    private ModelReply lookFor() {
        return Command.call(
                ListTasks.NAME, JsonNodeFactory.instance.objectNode().put("q", which));
    }

    @Override
    public ModelReply goOn(String tool, JsonNode result) {
        if (tool.equals(ListTasks.NAME)) return choose(JsonForm.bind(result, ListTasks.Result.class));
        return Command.say(
                verb == Verb.COMPLETE
                        ? "Completed: " + words.title(JsonForm.bind(result, TaskView.class))
                        : "Deleted: "
                                + words.title(JsonForm.bind(result, DeleteTask.Result.class)
                                        .deleted())
                                + "\n\nIt lies in the trash for some weeks and can be restored from there.");
    }

    private ModelReply choose(ListTasks.Result list) {
        var one = only(list);
        if (one.isPresent()) return pick(one.get().id());
        var fitting = fitting(list);
        var verbWord = verb.name().toLowerCase(Locale.ROOT);
        if (!fitting.isEmpty())
            return Command.say("Which of these? Say it by its number, like this: `" + verbWord + ' '
                    + fitting.keySet().iterator().next() + "`\n" + words.lines(fitting));
        return Command.say(
                (verb == Verb.COMPLETE ? "No open task" : "No task") + " has \"" + which + "\" in its title.");
    }

    /** The tasks that fit, unless there is nothing to choose. */
    @Override
    public ListedTasks shown(ListTasks.Result list) {
        return only(list).isPresent() ? ListedTasks.NOTHING : new ListedTasks(fitting(list), null);
    }

    // Where there is more than what is listed, another one could fit as well.
    private Optional<TaskView> only(ListTasks.Result list) {
        var fitting = fitting(list).values();
        if (list.nextCursor() != null) return Optional.empty();
        if (fitting.size() == 1) return fitting.stream().findFirst();
        var exact = fitting.stream()
                .filter(task -> words.title(task).equalsIgnoreCase(which))
                .toList();
        return exact.size() == 1 ? Optional.of(exact.get(0)) : Optional.empty();
    }

    private Map<Integer, TaskView> fitting(ListTasks.Result list) {
        var fitting = new TreeMap<Integer, TaskView>();
        for (int at = 0; at < list.tasks().size(); at++)
            if (fits(list.tasks().get(at))) fitting.put(at + 1, list.tasks().get(at));
        return fitting;
    }

    // The list is of those that have it in the title or in the description.
    private boolean fits(TaskView task) {
        return words.title(task).toLowerCase(Locale.ROOT).contains(which.toLowerCase(Locale.ROOT))
                && (verb != Verb.COMPLETE || task.status() != Status.COMPLETED);
    }
}
