package io.parley.tasks;

import io.parley.contracts.tasks.Tasks;
import io.parley.storage.Conditions;

/** The filters of a list of tasks, in the trash or not. */
final class TaskFilter {
    static Conditions of(Tasks.ListMine query) {
        var filter = query.filter();
        return Conditions.of("user_id = #{user_id}", "user_id", query.caller().userId())
                .and("status = #{status}", "status", filter.status())
                .and("priority = #{priority}", "priority", filter.priority())
                .and("conversation_id = #{conversation_id}", "conversation_id", filter.conversationId())
                .and("due_date <= #{due_before}", "due_before", filter.dueBefore())
                .and("due_date >= #{due_after}", "due_after", filter.dueAfter())
                .and("strpos(lower(concat_ws(E'\\n', title, description)), lower(#{q})) > 0", "q", filter.q());
    }

    private TaskFilter() {}
}
