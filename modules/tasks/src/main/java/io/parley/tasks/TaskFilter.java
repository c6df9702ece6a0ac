package io.parley.tasks;

import io.parley.contracts.tasks.Tasks;
import io.parley.storage.Conditions;

/** The filters of a list of tasks, in the trash or not. */
final class TaskFilter {
    private static final String OVERDUE =
            "status <> 'completed' AND (due_date < #{start_of_today} OR due_day < #{today})";

    private static final String NOT_OVERDUE =
            "(status = 'completed' OR NOT coalesce(due_date < #{start_of_today} OR due_day < #{today}, false))";

    static Conditions of(Tasks.ListMine query, TaskDays days) {
        var filter = query.filter();
        var conditions = Conditions.of(
                        "user_id = #{user_id}", "user_id", query.caller().userId())
                .and("status = #{status}", "status", filter.status())
                .and("priority = #{priority}", "priority", filter.priority())
                .and("conversation_id = #{conversation_id}", "conversation_id", filter.conversationId())
                .and("(status <> 'completed') = #{open}", "open", filter.open())
                .and("strpos(lower(concat_ws(E'\\n', title, description)), lower(#{q})) > 0", "q", filter.q());
        if (filter.dueBefore() != null)
            conditions
                    .and("(due_date <= #{due_before} OR due_day <= #{day_before})", "due_before", filter.dueBefore())
                    .with("day_before", days.lastUntil(filter.dueBefore()));
        if (filter.dueAfter() != null)
            conditions
                    .and("(due_date >= #{due_after} OR due_day >= #{day_after})", "due_after", filter.dueAfter())
                    .with("day_after", days.firstFrom(filter.dueAfter()));
        if (filter.overdue() != null)
            conditions
                    .and(filter.overdue() ? OVERDUE : NOT_OVERDUE, "today", days.today())
                    .with("start_of_today", days.startOfToday());
        return conditions;
    }

    private TaskFilter() {}
}
