package io.parley.assistant.commands;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.assistant.dates.Period;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks a list shows.
 *
 * @param status as the tool calls it; null for any
 * @param priority null for any
 * @param period when they are due; null for any time
 */
record ListFilter(
        @Nullable String status,
        @Nullable String priority,
        boolean isOverdue,
        @Nullable Period period) {
    static final ListFilter OPEN = new ListFilter("open", null, false, null);

    /** The most that the tool lists at once. */
    private static final int ALL = 50;

    /** Whether it is about due dates, so that the tasks are shown in their order. */
    boolean isByDue() {
        return isOverdue || period != null;
    }

    /** Of the tool {@code list_tasks}. */
    ObjectNode arguments(boolean isCount) {
        var arguments = JsonNodeFactory.instance.objectNode();
        if (status != null) arguments.put("status", status);
        if (priority != null) arguments.put("priority", priority);
        if (isOverdue) arguments.put("overdue", true);
        if (period != null && period.first() != null)
            arguments.put("due_after", period.first().toString());
        if (period != null) arguments.put("due_before", period.last().toString());
        if (isByDue() || isCount) arguments.put("limit", ALL);
        return arguments;
    }

    /** Such as {@code open high priority tasks due this week}. */
    String words() {
        var words = new ArrayList<String>();
        if (isOverdue) words.add("overdue");
        else if (status != null) words.add(status.replace('_', ' '));
        if (priority != null) words.add(priority + " priority");
        words.add("tasks");
        if (period != null) words.add("due " + period.words());
        return String.join(" ", words);
    }
}
