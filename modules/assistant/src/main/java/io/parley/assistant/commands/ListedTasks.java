package io.parley.assistant.commands;

import io.parley.assistant.tools.TaskView;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a list as the user has seen it.
 *
 * @param numbered by their numbers there
 * @param older the cursor of the tasks behind it
 */
record ListedTasks(
        Map<Integer, TaskView> numbered, @Nullable String older) {
    static final ListedTasks NOTHING = new ListedTasks(Map.of(), null);
}
