package io.parley.assistant.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.assistant.commands.sentences.Sentence;
import io.parley.assistant.commands.sentences.TaskWords;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.tools.DeleteTask;
import io.parley.assistant.tools.ListTasks;
import io.parley.assistant.tools.TaskView;
import io.parley.json.JsonForm;
import io.parley.kernel.Ids;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A command that changes a task, which it first has to find.
 *
 * @param which a number in the last list, words of the title, or an id; a quoted text is always a title
 */
record ChangeCommand(TaskChange change, Sentence which, TaskText text) implements Command {
    private static final Pattern NUMBER = Pattern.compile("(?i)(?:(?:task|number|no) )?#?(\\d{1,3})[.)]?");
    private static final Pattern NUMBERS = Pattern.compile("#?\\d{1,3}(?:(?: and| &)? #?\\d{1,3})+");
    private static final int MAX_CANDIDATES = 50;

    @Override
    public ModelReply begin(ListedTasks lastList) {
        var number = NUMBER.matcher(which.text());
        if (!which.isQuoted() && number.matches()) return pick(Integer.parseInt(number.group(1)), lastList.byNumber());
        if (which.matches(NUMBERS))
            return Command.say("Which one first? I change one task a message, and \"" + which.text()
                    + "\" are several. For example: `" + change.verb() + ' ' + which.key(0) + '`');
        var id = Ids.parse(which.text());
        if (!which.isQuoted() && id.isPresent()) return pick(id.get(), null);
        return words().isEmpty() ? Command.say(whichTask()) : search();
    }

    private String whichTask() {
        return "Which task do you mean by \"" + which.text()
                + "\"? Use words of its title, or its number in the last list: `" + change.verb() + " 2`";
    }

    private ModelReply pick(int number, Map<Integer, TaskView> byNumber) {
        if (byNumber.isEmpty())
            return Command.say("Which task is number " + number + "? There is no list yet. Type `list tasks` first.");
        var task = byNumber.get(number);
        return task == null
                ? Command.say("Which task do you mean? The last list has no number " + number + '.')
                : pick(task.id(), task);
    }

    private ModelReply pick(UUID id, @Nullable TaskView task) {
        var arguments = JsonNodeFactory.instance.objectNode().put("id", id.toString());
        arguments.setAll(change.fieldsFor(task));
        return Command.call(change.tool(), arguments);
    }

    private ModelReply search() {
        var arguments = JsonNodeFactory.instance
                .objectNode()
                .put("q", words().longest())
                .put("limit", MAX_CANDIDATES);
        if (change.status() != null) arguments.put("status", change.status());
        return Command.call(ListTasks.NAME, arguments);
    }

    private TaskWords words() {
        return TaskWords.of(which);
    }

    @Override
    public ModelReply continueWith(String tool, JsonNode result) {
        if (tool.equals(ListTasks.NAME)) return choose(JsonForm.bind(result, ListTasks.Result.class));
        var task = tool.equals(DeleteTask.NAME)
                ? JsonForm.bind(result, DeleteTask.Result.class).deleted()
                : JsonForm.bind(result, TaskView.class);
        var done = change.done() + ": " + text.details(task, change.changesPriority());
        return Command.say(
                tool.equals(DeleteTask.NAME) ? done + "\n\nYou can restore it from the trash for some weeks." : done);
    }

    private ModelReply choose(ListTasks.Result list) {
        var single = single(list);
        if (single.isPresent()) return pick(single.get().id(), single.get());
        var matches = words().among(list.tasks());
        return Command.say(matches.isEmpty() ? noMatch() : whichOf(matches));
    }

    private String noMatch() {
        var kind = change.status() == null ? "task" : change.status() + " task";
        return "Which task do you mean? No " + kind + " has \"" + which.text() + "\" in its title.";
    }

    private String whichOf(List<TaskView> matches) {
        return "Which of these is \"" + which.text() + "\"? Use its number, for example: `" + change.verb() + " 1`\n"
                + text.lines(ListedTasks.numbered(matches));
    }

    /** The matching tasks, unless there is nothing to choose. */
    @Override
    public ListedTasks shown(ListTasks.Result list, JsonNode arguments) {
        return single(list).isPresent()
                ? ListedTasks.NONE
                : new ListedTasks(ListedTasks.numbered(words().among(list.tasks())), null, arguments);
    }

    // If the list has another page, that could contain further matches.
    private Optional<TaskView> single(ListTasks.Result list) {
        if (list.nextCursor() != null) return Optional.empty();
        var matches = words().among(list.tasks());
        if (matches.size() == 1) return Optional.of(matches.get(0));
        var exact = matches.stream().filter(words()::isTitleOf).toList();
        return exact.size() == 1 ? Optional.of(exact.get(0)) : Optional.empty();
    }
}
