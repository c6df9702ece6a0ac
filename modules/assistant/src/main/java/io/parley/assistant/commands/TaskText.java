package io.parley.assistant.commands;

import io.parley.assistant.tools.DateText;
import io.parley.assistant.tools.TaskView;
import io.parley.contracts.tasks.Task.Priority;
import io.parley.contracts.tasks.Task.Status;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Describes tasks in text, with dates in a time zone. */
record TaskText(ZoneId zone) {
    private static final Pattern WHITE_SPACE = Pattern.compile("(?U)\\s+");

    String lines(Map<Integer, TaskView> byNumber) {
        return byNumber.entrySet().stream()
                .map(task -> task.getKey() + ". " + checkbox(task.getValue()) + ' ' + line(task.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String checkbox(TaskView task) {
        return task.status() == Status.COMPLETED ? "[x]" : "[ ]";
    }

    private String line(TaskView task) {
        List<String> parts = new ArrayList<>();
        parts.add(title(task));
        if (task.status() == Status.IN_PROGRESS) parts.add("in progress");
        if (task.priority() != Priority.MEDIUM) parts.add(priority(task));
        if (task.dueDate() != null) parts.add("due " + time(task.dueDate()));
        return String.join(", ", parts);
    }

    /** With everything that a change could have changed, so that the user sees what was understood. */
    String details(TaskView task, boolean showsPriority) {
        var status = task.status() == Status.IN_PROGRESS ? ", in progress, " : ", ";
        return title(task) + status + (showsPriority ? priority(task) + ", " : notablePriority(task)) + due(task);
    }

    String priorityAndDue(TaskView task) {
        return notablePriority(task) + due(task);
    }

    // Medium is the default.
    private static String notablePriority(TaskView task) {
        return task.priority() == Priority.MEDIUM ? "" : priority(task) + ", ";
    }

    private String due(TaskView task) {
        return task.dueDate() == null ? "no due date" : "due " + time(task.dueDate());
    }

    private static String priority(TaskView task) {
        return task.priority().name().toLowerCase(Locale.ROOT) + " priority";
    }

    private static String title(TaskView task) {
        return onOneLine(task.title());
    }

    // A day, or RFC 3339; anything else comes from a client that made the result up.
    private String time(String due) {
        try {
            return due.length() == "2027-03-31".length()
                    ? DateText.day(LocalDate.parse(due))
                    : DateText.time(
                            OffsetDateTime.parse(due).atZoneSameInstant(zone).toLocalDateTime());
        } catch (DateTimeException unreadable) {
            return due;
        }
    }

    /** The day of a time in RFC 3339. */
    String day(String time) {
        var words = time(time);
        return words.substring(0, Math.min(words.length(), "Thu 2026-11-26".length()));
    }

    static String onOneLine(String text) {
        return WHITE_SPACE.matcher(text).replaceAll(" ").strip();
    }
}
