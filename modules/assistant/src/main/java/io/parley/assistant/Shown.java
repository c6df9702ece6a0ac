package io.parley.assistant;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a list as the user has seen it.
 *
 * @param numbered by their numbers there
 * @param older the cursor of the tasks behind it
 */
record Shown(Map<Integer, TaskView> numbered, @Nullable String older) {
    static final Shown NOTHING = new Shown(Map.of(), null);
}
