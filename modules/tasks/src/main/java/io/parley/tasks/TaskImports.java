package io.parley.tasks;

import io.parley.contracts.ImportIds;
import io.parley.contracts.tasks.Task.Priority;
import io.parley.contracts.tasks.Task.Status;
import io.parley.contracts.tasks.Tasks;
import io.parley.kernel.Ids;
import io.parley.kernel.None;
import io.parley.kernel.Problem;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that stores exported tasks. */
final class TaskImports {
    private final Database database;

    TaskImports(Database database) {
        this.database = database;
    }

    Future<None> insert(Tasks.Import command) {
        var user = command.caller().userId();
        var draft = command.draft();
        return database.query("""
                    INSERT INTO tasks (id, user_id, conversation_id, title, description, status, priority, due_date,
                                       completed_at, created_at, updated_at)
                    SELECT candidate.id, #{user_id},
                           (SELECT c.id FROM live_conversations c
                             WHERE c.user_id = #{user_id} AND c.id = ANY(#{conversation_ids}::uuid[]) LIMIT 1),
                           #{title}, #{description}, #{status}, #{priority}, #{due_date},
                           CASE WHEN #{status} = 'completed' THEN coalesce(#{completed_at}, #{updated_at}) END,
                           #{created_at}, #{updated_at}
                      FROM unnest(#{ids}::uuid[]) WITH ORDINALITY AS candidate (id, place)
                     WHERE NOT EXISTS (
                               SELECT FROM tasks t WHERE t.user_id = #{user_id} AND t.id = ANY(#{ids}::uuid[]))
                       AND NOT EXISTS (SELECT FROM tasks t WHERE t.id = candidate.id)
                     ORDER BY candidate.place
                     LIMIT 1
                    ON CONFLICT DO NOTHING
                    RETURNING id
                    """, row -> None.NONE)
                .translating(TaskRow.CONSTRAINTS)
                .one(Parameters.of("user_id", user)
                        .and("ids", command.id() == null ? new UUID[] {Ids.next()} : candidates(user, command.id()))
                        .and("conversation_ids", candidates(user, draft.conversationId()))
                        .and("title", draft.title())
                        .and("description", draft.description())
                        .and("status", draft.status() == null ? Status.PENDING : draft.status())
                        .and("priority", draft.priority() == null ? Priority.MEDIUM : draft.priority())
                        .and("due_date", draft.dueDate())
                        .and("completed_at", command.completedAt())
                        .and("created_at", command.createdAt())
                        .and("updated_at", command.updatedAt()))
                .map(inserted -> inserted.orElseThrow(
                        () -> Problem.conflict("/id", "You already have this task, possibly in the trash.")));
    }

    private static UUID[] candidates(UUID user, @Nullable UUID id) {
        return id == null ? new UUID[0] : ImportIds.candidates(user, id);
    }
}
