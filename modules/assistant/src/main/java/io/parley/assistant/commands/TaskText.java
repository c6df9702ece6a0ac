package io.parley.assistant.commands;

import io.parley.assistant.tools.TaskView;
import io.parley.contracts.tasks.Task.Priority;
import io.parley.contracts.tasks.Task.Status;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Describes tasks in text, with dates in a time zone. */
record TaskText(ZoneId zone) {
    /** The time at which a task is due if only a day was given. */
    static final LocalTime END_OF_DAY = LocalTime.of(23, 59);

    private static final Pattern WHITE_SPACE = Pattern.compile("(?U)\\s+");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

    String lines(Map<Integer, TaskView> byNumber) {
        return byNumber.entrySet().stream()
                .map(task -> task.getKey() + ". " + checkbox(task.getValue()) + ' ' + line(task.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String checkbox(TaskView task) {
        return task.status() == Status.COMPLETED ? "[x]" : "[ ]";
    }

    String line(TaskView task) {
        List<String> parts = new ArrayList<>();
        parts.add(title(task));
        if (task.status() == Status.IN_PROGRESS) parts.add("in progress");
        if (task.priority() != Priority.MEDIUM)
            parts.add(task.priority().name().toLowerCase(Locale.ROOT) + " priority");
        if (task.dueDate() != null) parts.add("due " + due(task.dueDate()));
        return String.join(", ", parts);
    }

    String title(TaskView task) {
        return onOneLine(task.title());
    }

    private String due(Instant time) {
        var local = time.atZone(zone);
        return local.toLocalTime().equals(END_OF_DAY) ? day(time) : local.format(TIME);
    }

    String day(Instant time) {
        return time.atZone(zone).toLocalDate().toString();
    }

    static String onOneLine(String text) {
        return WHITE_SPACE.matcher(text).replaceAll(" ").strip();
    }
}
