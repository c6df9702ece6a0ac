package io.parley.assistant.commands;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.assistant.tools.CompleteTask;
import io.parley.assistant.tools.DeleteTask;
import io.parley.assistant.tools.TaskView;
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
 * @param due the new date, which depends on the task; null if that does not change
 */
record TaskChange(
        String tool,
        ObjectNode fields,
        @Nullable String status,
        String verb,
        String done,
        @Nullable NewDue due) {
    static TaskChange complete() {
        return new TaskChange(CompleteTask.NAME, empty(), "open", "complete", "Completed", null);
    }

    static TaskChange delete() {
        return new TaskChange(DeleteTask.NAME, empty(), null, "delete", "Deleted", null);
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

    static TaskChange move(NewDue due) {
        return new TaskChange(UpdateTask.NAME, empty(), "open", "move", "Moved", due);
    }

    static TaskChange clearDueDate() {
        var change = update("open", "change", "Changed");
        change.fields.putArray("clear").add("due_date");
        return change;
    }

    /** @param task null if only its id is known */
    ObjectNode fieldsFor(@Nullable TaskView task) {
        var all = fields.deepCopy();
        if (due != null) all.put("due_date", due.of(task));
        return all;
    }

    boolean changesPriority() {
        return fields.has("priority");
    }

    private static TaskChange update(@Nullable String status, String verb, String done) {
        return new TaskChange(UpdateTask.NAME, empty(), status, verb, done, null);
    }

    private TaskChange with(String field, String value) {
        fields.put(field, value);
        return this;
    }

    private static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }
}
