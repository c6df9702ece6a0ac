package io.parley.assistant.tools;

import io.parley.contracts.tasks.Task;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as a model sees it. Has only what a model can talk about, and the id to refer to it, because each field costs
 * tokens.
 *
 * @param description at most {@link #MAX_DESCRIPTION} characters, followed by an ellipsis if it was shortened
 */
public record TaskView(
        UUID id,
        String title,
        @Nullable String description,
        Task.Status status,
        Task.Priority priority,
        @Nullable Instant dueDate,
        @Nullable Instant completedAt,
        Instant createdAt) {
    /** In characters (Unicode code points). */
    static final int MAX_DESCRIPTION = 200;

    public TaskView {
        Objects.requireNonNull(id);
        Objects.requireNonNull(title);
        Objects.requireNonNull(status);
        Objects.requireNonNull(priority);
    }

    static TaskView of(Task task) {
        return new TaskView(
                task.id(),
                task.title(),
                task.description() == null ? null : Excerpt.of(task.description(), MAX_DESCRIPTION),
                task.status(),
                task.priority(),
                task.dueDate(),
                task.completedAt(),
                task.createdAt());
    }
}
