package io.parley.tasks;

import io.parley.contracts.Tags;
import io.parley.contracts.tasks.Tasks;
import io.parley.kernel.Caller;
import io.parley.storage.Conditions;
import java.util.Locale;

/** The filters of a list of tasks, in the trash or not. */
final class TaskFilter {
    private static final String OVERDUE =
            "status <> 'completed' AND (due_date < #{start_of_today} OR due_day < #{today})";

    private static final String NOT_OVERDUE =
            "(status = 'completed' OR NOT coalesce(due_date < #{start_of_today} OR due_day < #{today}, false))";

    static Conditions of(Caller caller, Tasks.Filter filter, TaskDays days) {
        var conditions = Conditions.of("user_id = #{user_id}", "user_id", caller.userId());
        // An index is sorted within one status only.
        if (filter.statuses().size() == 1)
            conditions.and("status = #{status}", "status", filter.statuses().get(0));
        else if (!filter.statuses().isEmpty())
            conditions.and("status = ANY(#{statuses})", "statuses", statuses(filter));
        conditions
                .and("priority = #{priority}", "priority", filter.priority())
                .and("conversation_id = #{conversation_id}", "conversation_id", filter.conversationId())
                .and("(status <> 'completed') = #{open}", "open", filter.open())
                .and("(conversation_id IS NOT NULL) = #{linked}", "linked", filter.linked())
                .and("strpos(lower(concat_ws(E'\\n', title, description)), lower(#{q})) > 0", "q", filter.q());
        if (!filter.tags().isEmpty())
            conditions.and(
                    "tag_keys <> '{}' AND tag_keys @> #{tag_keys}",
                    "tag_keys",
                    Tags.keys(filter.tags()).toArray(String[]::new));
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

    private static String[] statuses(Tasks.Filter filter) {
        return filter.statuses().stream()
                .map(status -> status.name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new);
    }

    private TaskFilter() {}
}
