package io.parley.assistant.commands;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.assistant.tools.TaskView;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A list of tasks as the user saw it.
 *
 * @param byNumber the tasks by their numbers in the list
 * @param nextCursor of the page that follows; null if this is the last one
 * @param arguments of the call that listed them
 */
record ListedTasks(
        Map<Integer, TaskView> byNumber, @Nullable String nextCursor, JsonNode arguments) {
    static final ListedTasks NONE = new ListedTasks(Map.of(), null, JsonNodeFactory.instance.objectNode());

    /** From 1, in their order. */
    static SortedMap<Integer, TaskView> numbered(List<TaskView> tasks) {
        var numbered = new TreeMap<Integer, TaskView>();
        for (var task : tasks) numbered.put(numbered.size() + 1, task);
        return numbered;
    }
}
