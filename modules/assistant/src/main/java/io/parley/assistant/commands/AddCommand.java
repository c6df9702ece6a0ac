package io.parley.assistant.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.assistant.dates.parts.Moment;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.tools.AddTask;
import io.parley.assistant.tools.DateText;
import io.parley.assistant.tools.TaskView;
import io.parley.json.JsonForm;
import org.jspecify.annotations.Nullable;

/** A command that adds a task. */
record AddCommand(
        String title, @Nullable Moment due, @Nullable String priority, TaskText text) implements Command {
    @Override
    public ModelReply begin(ListedTasks lastList) {
        var arguments = JsonNodeFactory.instance.objectNode().put("title", title);
        if (due != null) arguments.put("due_date", rfc3339(due));
        if (priority != null) arguments.put("priority", priority);
        return Command.call(AddTask.NAME, arguments);
    }

    private String rfc3339(Moment due) {
        var time = due.orEndOfDay(text.zone()).atZone(text.zone());
        return DateText.rfc3339(time.toOffsetDateTime());
    }

    // The result shortens a long title.
    @Override
    public ModelReply continueWith(String tool, JsonNode result) {
        var task = JsonForm.bind(result, TaskView.class);
        return Command.say("Added: " + TaskText.onOneLine(title) + ", " + text.priorityAndDue(task));
    }
}
