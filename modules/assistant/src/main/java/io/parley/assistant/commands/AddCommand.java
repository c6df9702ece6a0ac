package io.parley.assistant.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.assistant.models.ModelReply;
import io.parley.assistant.tools.AddTask;
import io.parley.assistant.tools.TaskView;
import io.parley.json.JsonForm;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The command {@code add task …}. */
record AddCommand(
        String title, @Nullable Instant due, @Nullable String priority, TaskText text) implements Command {
    @Override
    public ModelReply begin(ListedTasks lastList) {
        var arguments = JsonNodeFactory.instance.objectNode().put("title", title);
        if (due != null) arguments.put("due_date", due.toString());
        if (priority != null) arguments.put("priority", priority);
        return Command.call(AddTask.NAME, arguments);
    }

    @Override
    public ModelReply continueWith(String tool, JsonNode result) {
        return Command.say("Added: " + text.line(JsonForm.bind(result, TaskView.class)));
    }
}
