package io.parley.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.tasks.Task;
import io.parley.contracts.tasks.Task.Priority;
import io.parley.contracts.tasks.Task.Status;
import io.parley.contracts.tasks.Tasks;
import io.parley.contracts.tasks.Tasks.TaskDraft;
import io.parley.json.JsonForm;
import io.parley.kernel.Caller;
import io.parley.kernel.Micros;
import io.parley.kernel.Problem;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task as a line of an export has it. */
record TaskForm(
        String type,
        @Nullable UUID id,
        @Nullable UUID conversationId,
        @Nullable String title,
        @Nullable String description,
        @Nullable Status status,
        @Nullable Priority priority,
        @Nullable Instant dueDate,
        @Nullable Instant completedAt,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {
    static final String TYPE = "task";

    static TaskForm of(Task task) {
        return new TaskForm(
                TYPE,
                task.id(),
                task.conversationId(),
                task.title(),
                task.description(),
                task.status(),
                task.priority(),
                task.dueDate(),
                task.completedAt(),
                task.createdAt(),
                task.updatedAt());
    }

    /** Fails invalid, pointing into the line. */
    static TaskForm of(ObjectNode line) {
        return JsonForm.bind(line, TaskForm.class);
    }

    /** Fails invalid where it can be no task. */
    Tasks.Import asked(Caller caller, @Nullable UUID under) {
        if (title == null || title.isEmpty()) throw Problem.invalid("/title", "is required");
        var created = createdAt == null ? Micros.truncate(Instant.now()) : createdAt;
        var updated = updatedAt == null ? created : updatedAt;
        var draft = new TaskDraft(conversationId, title, description, status, priority, dueDate);
        return new Tasks.Import(caller, under, draft, completedAt, created, updated);
    }
}
