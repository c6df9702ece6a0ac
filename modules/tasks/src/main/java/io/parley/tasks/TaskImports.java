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
import io.parley.storage.sealing.EncryptionChoice;
import io.parley.storage.sealing.SealedTexts;
import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that stores exported tasks. */
final class TaskImports {
    private final Database database;
    private final EncryptionChoice encryption;
    private final SealedTexts texts;

    TaskImports(Database database, EncryptionChoice encryption) {
        this.database = database;
        this.encryption = encryption;
        this.texts = new SealedTexts(database);
    }

    /**
     * A task keeps its id. The other candidates are looked at because earlier versions stored a task under one of them if
     * another user had its id.
     */
    Future<None> insert(Tasks.Import command) {
        var user = command.caller().userId();
        var id = command.id() == null ? Ids.next() : command.id();
        var draft = command.draft();
        var row = TaskRow.withTags(Parameters.of("user_id", user), draft.tags())
                .and("id", id)
                .and("ids", candidates(user, id))
                .and("conversation_ids", candidates(user, draft.conversationId()))
                .and("status", draft.status() == null ? Status.PENDING : draft.status())
                .and("priority", draft.priority() == null ? Priority.MEDIUM : draft.priority())
                .and("due_date", TaskRow.time(draft.dueDate()))
                .and("due_day", TaskRow.day(draft.dueDate()))
                .and("completed_at", command.completedAt())
                .and("created_at", command.createdAt())
                .and("updated_at", command.updatedAt());
        return encryption
                .of(command.caller(), draft.encrypted())
                .compose(encrypted -> texts.add(TaskRow.texts(draft), row, user, id, encrypted))
                .compose(this::insert);
    }

    private Future<None> insert(Parameters values) {
        return database.query("""
                    INSERT INTO tasks (id, user_id, conversation_id, title, description, sealed, status, priority, due_date, due_day,
                                       tags, tag_keys, completed_at, created_at, updated_at)
                    SELECT #{id}, #{user_id},
                           (SELECT c.id FROM live_conversations c
                             WHERE c.user_id = #{user_id} AND c.id = ANY(#{conversation_ids}::uuid[]) LIMIT 1),
                           #{title}, #{description}, #{sealed}::bytea, #{status}, #{priority}, #{due_date}, #{due_day},
                           #{tags}, #{tag_keys},
                           completion_time(#{status}, #{completed_at}, #{updated_at}), #{created_at}, #{updated_at}
                     WHERE NOT EXISTS (
                               SELECT FROM tasks t WHERE t.user_id = #{user_id} AND t.id = ANY(#{ids}::uuid[]))
                    ON CONFLICT DO NOTHING
                    RETURNING id
                    """, row -> None.NONE)
                .translating(TaskRow.CONSTRAINTS)
                .one(values)
                .map(inserted -> inserted.orElseThrow(
                        () -> Problem.conflict("/id", "You already have this task, possibly in the trash.")));
    }

    private static UUID[] candidates(UUID user, @Nullable UUID id) {
        return id == null ? new UUID[0] : ImportIds.candidates(user, id);
    }
}
