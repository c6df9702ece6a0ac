package io.parley.assistant.tools;

import io.parley.contracts.tasks.Task;
import io.parley.kernel.time.DayOrTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as a model sees it. Has only what a model can talk about, and the id to refer to it, because each field costs
 * tokens.
 *
 * @param title shortened if the task would be longer than {@link #MAX_CHARACTERS} without its description
 * @param dueDate RFC 3339 with the user's offset, or a day
 * @param completedAt in the same form
 * @param description at most {@link #MAX_DESCRIPTION} characters, followed by an ellipsis if it was shortened
 */
public record TaskView(
        UUID id,
        String title,
        Task.Status status,
        Task.Priority priority,
        @Nullable String dueDate,
        @Nullable String completedAt,
        @Nullable String description) {
    /** In characters (Unicode code points). */
    static final int MAX_DESCRIPTION = 200;

    /** Of the JSON of a task without its description. */
    static final int MAX_CHARACTERS = 400;

    private static final int[] TITLES = {255, 200, 150, 100, 50, 30};

    public TaskView {
        Objects.requireNonNull(id);
        Objects.requireNonNull(title);
        Objects.requireNonNull(status);
        Objects.requireNonNull(priority);
    }

    static TaskView of(Task task, ZoneId zone) {
        var view = view(task, TITLES[0], zone);
        for (int length : TITLES) {
            view = view(task, length, zone);
            if (ToolJson.text(view).length() <= MAX_CHARACTERS) break;
        }
        return task.description() == null ? view : view.describedBy(Excerpt.of(task.description(), MAX_DESCRIPTION));
    }

    private static TaskView view(Task task, int title, ZoneId zone) {
        return new TaskView(
                task.id(),
                Excerpt.of(task.title(), title),
                task.status(),
                task.priority(),
                task.dueDate() == null ? null : due(task.dueDate(), zone),
                task.completedAt() == null ? null : time(task.completedAt(), zone),
                null);
    }

    private TaskView describedBy(String text) {
        return new TaskView(id, title, status, priority, dueDate, completedAt, text);
    }

    private static String due(DayOrTime due, ZoneId zone) {
        return due.time() == null ? String.valueOf(due.day()) : time(due.time(), zone);
    }

    static String time(Instant time, ZoneId zone) {
        return DateText.rfc3339(time.atZone(zone).toOffsetDateTime());
    }
}
