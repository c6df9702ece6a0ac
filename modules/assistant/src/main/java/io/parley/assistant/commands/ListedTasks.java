package io.parley.assistant.commands;

import io.parley.assistant.tools.TaskView;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list of tasks as the user saw it.
 *
 * @param byNumber the tasks by their numbers in the list
 * @param nextCursor of the page that follows; null if this is the last one
 */
record ListedTasks(
        Map<Integer, TaskView> byNumber, @Nullable String nextCursor) {
    static final ListedTasks NONE = new ListedTasks(Map.of(), null);
}
