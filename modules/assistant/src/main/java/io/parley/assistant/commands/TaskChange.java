package io.parley.assistant.commands;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.assistant.tools.CompleteTask;
import io.parley.assistant.tools.DeleteTask;
import io.parley.assistant.tools.UpdateTask;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a task that is yet to be found.
 *
 * @param tool that does it
 * @param fields arguments besides the id
 * @param status of the tasks that it can be done to, as the tool {@code list_tasks} calls it; null for any
 * @param verb an imperative, for an example of the command
 * @param done what the answer begins with
 */
record TaskChange(String tool, ObjectNode fields, @Nullable String status, String verb, String done) {
    static TaskChange complete() {
        return new TaskChange(CompleteTask.NAME, empty(), "open", "complete", "Completed");
    }

    static TaskChange delete() {
        return new TaskChange(DeleteTask.NAME, empty(), null, "delete", "Deleted");
    }

    static TaskChange reopen() {
        return update("completed", "reopen", "Reopened").with("status", "pending");
    }

    static TaskChange start() {
        return update("open", "start", "Started").with("status", "in_progress");
    }

    static TaskChange priority(String priority) {
        return update("open", "change", "Changed").with("priority", priority);
    }

    static TaskChange rename(String title) {
        return update(null, "rename", "Renamed").with("title", title);
    }

    /** @param due RFC 3339 */
    static TaskChange move(String due) {
        return update("open", "move", "Moved").with("due_date", due);
    }

    static TaskChange clearDueDate() {
        var change = update("open", "change", "Changed");
        change.fields.putArray("clear").add("due_date");
        return change;
    }

    private static TaskChange update(@Nullable String status, String verb, String done) {
        return new TaskChange(UpdateTask.NAME, empty(), status, verb, done);
    }

    private TaskChange with(String field, String value) {
        fields.put(field, value);
        return this;
    }

    private static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }
}
