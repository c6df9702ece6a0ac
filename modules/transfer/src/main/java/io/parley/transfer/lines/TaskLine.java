package io.parley.transfer.lines;

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
import io.parley.kernel.time.DayOrTime;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task in an import or export line. Unlike a conversation, it must not have other fields. */
public record TaskLine(
        String type,
        @Nullable UUID id,
        @Nullable UUID conversationId,
        @Nullable String title,
        @Nullable String description,
        @Nullable Status status,
        @Nullable Priority priority,
        @Nullable DayOrTime dueDate,
        @Nullable List<String> tags,
        @Nullable Boolean encrypted,
        @Nullable Instant completedAt,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt) {
    /** The value of {@code type} in the lines of tasks. */
    public static final String TYPE = "task";

    public static TaskLine of(Task task) {
        return new TaskLine(
                TYPE,
                task.id(),
                task.conversationId(),
                task.title(),
                task.description(),
                task.status(),
                task.priority(),
                task.dueDate(),
                task.tags(),
                task.encrypted() ? true : null,
                task.completedAt(),
                task.createdAt(),
                task.updatedAt());
    }

    /** Fails invalid, pointing into the line. */
    public static TaskLine of(ObjectNode line) {
        return JsonForm.bind(line, TaskLine.class);
    }

    /**
     * The request to store the task under the given id. Missing times are the current time. Fails invalid if this cannot be
     * stored as a task.
     */
    public Tasks.Import toImport(Caller caller, @Nullable UUID originalId) {
        if (title == null || title.isEmpty()) throw Problem.invalid("/title", "is required");
        var created = createdAt == null ? Micros.truncate(Instant.now()) : createdAt;
        var updated = updatedAt == null ? created : updatedAt;
        var draft = new TaskDraft(conversationId, title, description, status, priority, dueDate, tags, encrypted);
        return new Tasks.Import(caller, originalId, draft, completedAt, created, updated);
    }
}
